import type { Hands } from '../jam/hands.ts'
import type { TrackId } from '../sequence/song.ts'
import type { Engine } from '../sound/engine-types.ts'

/** The wheels beside this person's keys: of the track that is played, heard by everybody. */
export interface HandWheels {
  /** @param semitones -12 to 12; a wheel that springs back */
  bend(semitones: number): void
  /** @param value 0 to 1; one that stays where it is, also on the next track */
  wheel(value: number): void
  turnTo(track: TrackId): void
}

export function createHandWheels(
  hand: string,
  hands: Pick<Hands, 'bend' | 'turnWheel'>,
  engine: () => Pick<Engine, 'bendHand'> | undefined,
): HandWheels {
  let track: TrackId | undefined
  let semitones = 0
  let wheel = 0
  const move = (
    on: TrackId,
    moved: { readonly semitones: number; readonly wheel: number },
  ): void => {
    engine()?.bendHand({ hand, track: on, ...moved })
  }

  return {
    bend(next) {
      semitones = next
      if (track === undefined) return
      hands.bend(track, semitones)
      move(track, { semitones, wheel })
    },
    wheel(next) {
      wheel = next
      if (track === undefined) return
      hands.turnWheel(track, wheel)
      move(track, { semitones, wheel })
    },
    turnTo(next) {
      semitones = 0
      hands.bend(next, 0)
      hands.turnWheel(next, wheel)
      if (track !== undefined) move(track, { semitones: 0, wheel: 0 })
      track = next
      if (wheel !== 0) move(track, { semitones, wheel })
    },
  }
}
