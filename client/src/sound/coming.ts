import type { TrackId } from '../sequence/song.ts'
import type { EngineTrack } from './engine-tracks.ts'
import { UNKNOWN_STEP } from './playhead.ts'
import type { ComingSong } from './protocol.ts'

/** A song that waits for its frame. */
export interface Coming {
  /** Until a frame is told it does not come. */
  set(song: ComingSong): void
  /** @param frame  undefined calls it off */
  setFrame(frame: number | undefined): void
  /** The song, once, when its frame lies before `end`. */
  take(end: number): ComingSong | undefined
}

export function createComing(): Coming {
  let waiting: ComingSong | undefined
  // In a record: a number that changes inside a closure becomes a new object with each change.
  const at = { frame: Infinity }
  return {
    set(song) {
      waiting = song
      at.frame = Infinity
    },
    setFrame(frame) {
      if (frame === undefined) waiting = undefined
      at.frame = frame ?? Infinity
    },
    take(end) {
      if (waiting === undefined || at.frame >= end) return undefined
      const song = waiting
      waiting = undefined
      return song
    },
  }
}

/** Those of the tracks that the coming song does not have. */
export function missingIn({ patch }: ComingSong, tracks: readonly EngineTrack[]): TrackId[] {
  const coming = new Set(patch.changed.map(({ id }) => id))
  return tracks.flatMap(({ id }) => (coming.has(id) ? [] : [id]))
}

/** Meets the step anew that begins now, whatever the loop before met ahead of time. */
export function beginAnew({ steps, arp }: EngineTrack): void {
  for (const walker of [steps, arp]) {
    walker.nextStep = UNKNOWN_STEP
    walker.lastBeat = -1
  }
}
