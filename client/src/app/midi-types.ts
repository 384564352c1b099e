import type { FileSong } from '../midi/file-song.ts'
import type { ImportRoom, PlannedPart } from '../midi/import-plan.ts'
import type { Take } from '../midi/song-strokes.ts'
import type { StepCount } from '../sequence/song.ts'
import type { Bpm } from '../sequence/time.ts'

export interface MidiExport extends Take {
  /** Also tracks that nobody hears: muted, or not soloed while others are. */
  readonly hasMuted: boolean
}

/** What an import changes of the room, because somebody said so. */
export interface RoomChange {
  readonly bpm?: Bpm
  readonly stepCount?: StepCount
}

/** MIDI files out of the jam, and into it. */
export interface MidiDesk {
  /**
   * The jam as a file.
   *
   * @param title  of the room
   * @throws Error with a sentence for people
   */
  exportSong(choices: MidiExport, title: string): Blob
  /** Reads a file and changes nothing. Rejects with a sentence for people. */
  read(file: Blob): Promise<FileSong>
  /** What an import has room for. @param stepCount  as the room's is to be */
  room(stepCount?: StepCount): ImportRoom
  /**
   * Writes what was planned, as one edit.
   *
   * @throws Error with a sentence for people, and nothing is written
   */
  bring(plan: readonly PlannedPart[], change: RoomChange): void
}
