import { refusalOf } from '../jam/writable.ts'
import { fileSong } from '../midi/file-song.ts'
import { MAX_SMF_BYTES, parseSmf } from '../midi/parse-smf.ts'
import { songToMidi } from '../midi/song-to-midi.ts'
import { writeSmf } from '../midi/write-smf.ts'
import type { Song, Track } from '../sequence/song.ts'
import { FILE_WORDS } from '../words/files.ts'
import { MIDI_WORDS as WORDS } from '../words/midi.ts'
import { createMidiImport, type MidiDeskOptions } from './midi-import.ts'
import type { MidiDesk, MidiExport } from './midi-types.ts'

const MIDI_FILE_TYPE = 'audio/midi'

/** MIDI files; fetched when somebody wants one. */
export function createMidiDesk(options: MidiDeskOptions): MidiDesk {
  const { jam, transport } = options
  return {
    ...createMidiImport(options),
    exportSong(choices, title) {
      jam.gestures.flush()
      const song = jam.song.read()
      const tracks = tracksFor(song, choices)
      const { bpm } = transport.view.read()
      const file = songToMidi(song, tracks, bpm, choices, {
        title: WORDS.file.title(title),
        credits: [WORDS.file.made, ...creditsOf(tracks)],
        trackName: (track) => WORDS.file.track({ track: titleOf(track), who: track.name }),
        trackCredit: ({ name }) => WORDS.file.by(name),
        passageName: (passage) =>
          passage === 'now'
            ? WORDS.file.now
            : WORDS.file.scene({
                label: passage.toUpperCase(),
                name: song.sceneNames?.[passage],
              }),
      })
      if (file === undefined) throw new Error(WORDS.tooMuch)
      if (file.tracks.length === 1) throw new Error(WORDS.nothingToSave)
      return new Blob([writeSmf(file)], { type: MIDI_FILE_TYPE })
    },
    async read(file) {
      if (refusalOf(jam.writable.read()) !== undefined) throw new Error(FILE_WORDS.unchangeable)
      if (file.size > MAX_SMF_BYTES) throw new Error(WORDS.refusals['too-large'])
      const verdict = parseSmf(new Uint8Array(await file.arrayBuffer()))
      if (!verdict.ok) throw new Error(WORDS.refusals[verdict.reason])
      const song = fileSong(verdict.file, verdict.oddities)
      if (song.parts.length === 0) throw new Error(WORDS.refusals['no-notes'])
      return song
    },
  }
}

/** Those that everybody hears, whatever one's own mix is; on request the others too. */
function tracksFor({ tracks }: Song, { hasMuted }: MidiExport): readonly Track[] {
  const isSoloed = tracks.some(({ sound }) => sound.soloed === 'on')
  return tracks.filter(
    ({ sound: { muted, soloed } }) =>
      hasMuted || (muted === 'off' && (!isSoloed || soloed === 'on')),
  )
}

const titleOf = ({ title, sound }: Track): string =>
  title ?? WORDS.file.instruments[sound.instrument]

/** Who plays what, a line for each. */
function creditsOf(tracks: readonly Track[]): readonly string[] {
  const names = [...new Set(tracks.map(({ name }) => name))]
  return names.map((who) => {
    const theirs = tracks.filter(({ name }) => name === who).map(titleOf)
    return WORDS.file.credit({ who, tracks: theirs.join(', ') })
  })
}
