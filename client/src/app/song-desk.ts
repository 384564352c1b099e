import { createChordVerbs } from '../jam/chord-verbs.ts'
import type { Jam } from '../jam/jam.ts'
import { noteEntry, paramEntry } from '../jam/doc-shape.ts'
import { createGrooveVerbs } from '../jam/groove-verbs.ts'
import { refusalOf } from '../jam/writable.ts'
import type { Undo } from '../lib/scope.ts'
import { packNote } from '../sequence/note-code.ts'
import { parseName } from '../sequence/parse-name.ts'
import {
  DEFAULT_VELOCITY,
  type Note,
  noteKey,
  type PatternName,
  type Pitch,
} from '../sequence/pattern.ts'
import { patternOf, type Song, type TrackId } from '../sequence/song.ts'
import { GROOVE_NAMES, type GrooveName } from '../sequence/groove-names.ts'
import type { StarterGroove } from '../sequence/starter-groove.ts'
import type { Engine } from '../sound/engine-types.ts'
import { FILE_WORDS } from '../words/files.ts'
import { openInPlace } from './open-in-place.ts'
import type * as MidiDesks from './midi-desk.ts'
import type { RiffDesk } from './riff-desk.ts'
import type { Session } from './session-types.ts'
import type * as SongFiles from './song-file.ts'
import type { StepDesk } from './step-desk.ts'
import { createTrackDesk, type TrackDesk, type TrackDeskOptions } from './track-desk.ts'
import type { TransportDesk } from './transport-desk.ts'

/** Every verb on the song, as the page calls it: edits, and the sounds one hears on editing. */
export type SongDesk = TrackDesk &
  Pick<
    Session,
    | 'setStepCount'
    | 'setSwing'
    | 'setScale'
    | 'setChords'
    | 'nameScene'
    | 'toggleNote'
    | 'setNote'
    | 'removeNote'
    | 'editNotes'
    | 'layGroove'
    | 'clearTrack'
    | 'setParam'
    | 'setChoice'
    | 'setLink'
    | 'setSound'
    | 'history'
    | 'undo'
    | 'redo'
    | 'startGroove'
    | 'audition'
    | 'panic'
    | 'saveSong'
    | 'openSong'
    | 'midi'
  > & {
    /** Writes what still waits to be written. */
    flush(): void
    readonly close: Undo
  }

/** Reads and writes song files. */
export const songFiles = (): Promise<typeof SongFiles> => import('./song-file.ts')
const midiDesks = (): Promise<typeof MidiDesks> => import('./midi-desk.ts')
/** The first one, or one with more tracks, whose sounds come with it. */
async function starterGroove(name?: GrooveName): Promise<StarterGroove> {
  if (name === undefined) return (await import('../sequence/starter-groove.ts')).STARTER_GROOVE
  return (await import('../sequence/starter-grooves.ts')).STARTER_GROOVES[name]
}

/** Fetches what the first sound does not need, so that it is here when the server is away. */
export function fetchLateParts(): void {
  // Out of reach now, each is asked for again when it is needed.
  const grooves = (): Promise<unknown> =>
    Promise.all([starterGroove(), starterGroove(GROOVE_NAMES[0])])
  for (const fetch of [songFiles, midiDesks, grooves]) fetch().catch(() => undefined)
}

export interface SongDeskOptions extends TrackDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'verbs' | 'writable' | 'gestures' | 'history'>
  readonly transport: TransportDesk
  readonly steps: Pick<StepDesk, 'setStepCount' | 'plannedCount'>
  /** What goes with a song into its file, and comes with one out of it. */
  readonly riffs: Pick<RiffDesk, 'pack' | 'unpack'>
  readonly engine: () => Pick<Engine, 'audition' | 'panic'> | undefined
}

const AUDITION_SECONDS = 0.3

export function createSongDesk(options: SongDeskOptions): SongDesk {
  const { jam, transport } = options
  const { verbs } = jam
  const tracks = createTrackDesk(options)
  const { mayEdit } = tracks
  const audition: SongDesk['audition'] = (track, pitch) => {
    options.engine()?.audition(track, pitch, DEFAULT_VELOCITY, AUDITION_SECONDS)
  }
  const mayChange = (track: TrackId): boolean =>
    mayEdit(track) && refusalOf(jam.writable.read()) === undefined
  let isStarting = false
  const begin = (groove: StarterGroove): void => {
    verbs.setScale(groove.root, groove.scale)
    options.steps.setStepCount(groove.stepCount)
    if (groove.swing !== undefined) verbs.setSwing(groove.swing)
    const { id } = options.ownTrack()
    verbs.writePart(id, groove)
    for (const { title, ...part } of groove.others) {
      const added = tracks.addPart(part, title)
      if (added !== undefined && title === groove.duckedBy) verbs.setParam(id, 'duckBy', added)
    }
    transport.setTempo(groove.bpm)
    transport.play()
  }

  return {
    ...tracks,
    audition,
    panic: () => options.engine()?.panic(),
    setStepCount: options.steps.setStepCount,
    setScale: verbs.setScale,
    setSwing: verbs.setSwing,
    setChords(chords) {
      verbs.late(createChordVerbs).setChords(chords)
    },
    nameScene(pattern, name) {
      verbs.nameScene(pattern, parseName(name) ?? '')
    },
    toggleNote(track, step, pitch, pattern) {
      if (!mayEdit(track)) return
      const note = verbs.toggleNote(track, step, pitch, pattern)
      // Also while the song plays: until the loop comes round nothing else would answer.
      if (note !== undefined) audition(track, pitch)
    },
    setNote(track, step, pitch, change, pattern = 'a') {
      const there = (): Note | undefined => noteAt(jam.song.read(), track, step, pitch, pattern)
      const note = there()
      if (note === undefined || !mayChange(track)) return
      const changed = { ...note, ...change }
      const gesture = { track, entry: noteEntry(step, pitch, pattern), value: packNote(changed) }
      jam.gestures.put(gesture, () => {
        // Somebody may have taken it away meanwhile.
        if (there() !== undefined) verbs.writeNote(track, changed, pattern)
      })
    },
    removeNote(track, step, pitch, pattern) {
      if (mayEdit(track)) verbs.removeNote(track, step, pitch, pattern)
    },
    editNotes(track, edits, pattern) {
      jam.gestures.flush()
      if (mayEdit(track)) verbs.editNotes(track, edits, pattern)
    },
    layGroove(track, notes, swing, pattern = 'a') {
      jam.gestures.flush()
      if (!mayEdit(track)) return
      verbs.late(createGrooveVerbs).writeGroove({ track, pattern }, notes, swing)
    },
    clearTrack(track, pattern) {
      if (mayEdit(track)) verbs.clearTrack(track, pattern)
    },
    history: jam.history,
    undo(step) {
      jam.gestures.flush()
      return verbs.undo(step)
    },
    redo() {
      jam.gestures.flush()
      return verbs.redo()
    },
    setChoice(track, param, value) {
      if (mayEdit(track)) verbs.setParam(track, param, value)
    },
    setLink(track, param, other) {
      if (mayEdit(track)) verbs.setParam(track, param, other)
    },
    setSound(track, sound) {
      jam.gestures.flush()
      if (mayEdit(track)) verbs.setSound(track, sound)
    },
    setParam(track, param, value) {
      const commit = (): void => void verbs.setParam(track, param, value)
      const isThere = jam.song.read().tracks.some(({ id }) => id === track)
      if (!mayChange(track)) return
      // A track that is not in the song yet gets into it by the first change.
      if (isThere) jam.gestures.put({ track, entry: paramEntry(param), value }, commit)
      else commit()
    },
    async startGroove(name) {
      if (isStarting) return
      isStarting = true
      try {
        const groove = await starterGroove(name)
        // Somebody may have begun meanwhile: nothing is written over.
        if (isEmpty(jam.song.read())) begin(groove)
      } finally {
        isStarting = false
      }
    },
    async saveSong() {
      const [song, { bpm }] = [jam.song.read(), transport.view.read()]
      const { encodeSongFile, SONG_FILE_TYPE } = await songFiles()
      return new Blob([encodeSongFile(song, bpm, options.riffs.pack())], { type: SONG_FILE_TYPE })
    },
    async openSong(file) {
      if (refusalOf(jam.writable.read()) !== undefined) throw new Error(FILE_WORDS.unchangeable)
      const { MAX_SONG_FILE_BYTES, parseSongFile } = await songFiles()
      if (file.size > MAX_SONG_FILE_BYTES) throw new Error(FILE_WORDS.largeSong)
      const verdict = parseSongFile(await file.text())
      if (!verdict.ok) throw new Error(verdict.reason)
      openInPlace(options, verdict.file)
      await options.riffs.unpack(verdict.riffs)
    },
    async midi() {
      const { createMidiDesk } = await midiDesks()
      return createMidiDesk({ ...options, ...tracks })
    },
    flush: jam.gestures.flush,
    close: jam.gestures.flush,
  }
}

const isEmpty = ({ tracks }: Song): boolean =>
  tracks.every(({ patterns }) => Object.values(patterns).every((pattern) => pattern.size === 0))

function noteAt(
  song: Song,
  id: TrackId,
  step: number,
  pitch: Pitch,
  pattern: PatternName,
): Note | undefined {
  const track = song.tracks.find((each) => each.id === id)
  return track && patternOf(track, pattern).get(noteKey(step, pitch))
}
