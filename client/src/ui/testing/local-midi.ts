import type { MidiDesk, MidiExport, RoomChange } from '../../app/midi-types.ts'
import { fileSong } from '../../midi/file-song.ts'
import type { ImportRoom, PlannedPart } from '../../midi/import-plan.ts'
import { parseSmf } from '../../midi/parse-smf.ts'
import { MIDI_WORDS } from '../../words/midi.ts'

/** MIDI files of a jam that is not there: reads them, and writes down what is asked for. */
export interface LocalMidi extends MidiDesk {
  readonly exported: readonly { readonly choices: MidiExport; readonly title: string }[]
  readonly brought: readonly {
    readonly plan: readonly PlannedPart[]
    readonly change: RoomChange
  }[]
  /** What it says it has room for. */
  roomNow: ImportRoom
}

export function createLocalMidi(): LocalMidi {
  const exported: { choices: MidiExport; title: string }[] = []
  const brought: { plan: readonly PlannedPart[]; change: RoomChange }[] = []
  const desk: LocalMidi = {
    exported,
    brought,
    roomNow: {
      stepCount: 16,
      swing: 50,
      root: 0,
      scale: 'chromatic',
      tracks: [],
      freeTracks: 24,
    },
    exportSong(choices, title) {
      exported.push({ choices, title })
      return new Blob(['MThd'])
    },
    async read(file) {
      const verdict = parseSmf(new Uint8Array(await file.arrayBuffer()))
      if (!verdict.ok) throw new Error(MIDI_WORDS.refusals[verdict.reason])
      return fileSong(verdict.file, verdict.oddities)
    },
    room: (stepCount) => ({ ...desk.roomNow, ...(stepCount === undefined ? {} : { stepCount }) }),
    bring: (plan, change) => void brought.push({ plan, change }),
  }
  return desk
}
