import type { Live } from '../lib/live.ts'
import type { Riff } from '../sequence/riff.ts'
import type { Moment } from '../sequence/song.ts'

/** Moments of the jam that somebody kept, and what can be done with them. */
export interface Riffs {
  /** Latest first. */
  readonly list: Live<readonly Riff[]>
  /**
   * Keeps what the jam plays now, for everybody.
   *
   * @param name  empty for one that says when
   * @param past  what is kept in place of what the jam plays now
   * @throws (rejects) Error with a sentence for people where there is nothing, or too much, to be kept
   */
  keep(name: string, past?: Pick<Riff, 'song' | 'bpm'>): Promise<void>
  /** Whose sound only this person hears, in place of the room's. */
  readonly listening: Live<Riff | undefined>
  /** @param riff  on the list or not; undefined to hear the room again */
  listen(riff: Riff | undefined): void
  /**
   * Lets everybody's song become the riff: with the next bar, or at once while the song stands.
   *
   * @returns false where this person may not write
   */
  bringBack(id: string): boolean
  /** What is agreed to come back, and when; the riff is undefined until it has arrived here. */
  readonly coming: Live<ComingRiff | undefined>
  readonly replay: Replay
  /** Takes one off this person's list; the others keep it. */
  forget(id: string): void
  /** Makes a private jam that begins with the riff. @returns its path and fragment */
  fork(id: string): Promise<string>
  /** Path and fragment of a link that opens a copy of it; undefined when it is too large for one. */
  remixLink(id: string): string | undefined
  /** A song file of it. */
  save(id: string): Promise<Blob>
}

/** How the song was written, as far as this browser was there. */
export interface Replay {
  /** Whether it is recorded, on this device. */
  readonly isOn: Live<boolean>
  setOn(isOn: boolean): void
  /** When something was written, ms since 1970, oldest first. */
  moments(): Promise<readonly number[]>
  /** The song after one of those moments, by its place among them; undefined when it is no longer there. */
  songAt(place: number): Promise<Riff | undefined>
  /** Forgets all that is recorded of this jam here. */
  clear(): Promise<void>
}

export interface ComingRiff extends Moment {
  readonly riff: Riff | undefined
}
