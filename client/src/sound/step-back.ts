import type { Song, TrackId } from '../sequence/song.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'

/** How tracks step back while others have their turn, as the audio thread computes it. */
export interface StepBack {
  /** Of the song, on which the first turn begins, and on which all of it ends. */
  readonly beat: number
  readonly end: number
  /** How long a turn is, and how many there are in a round. */
  readonly turnBeats: number
  readonly count: number
  /** What a track is multiplied by while it is not its turn. */
  readonly gain: number
  /** Which turn of a round is that of a track; whatever has none is as loud as ever. */
  readonly turns: readonly (readonly [TrackId, number])[]
}

/** -7 dB. */
export const STEPPED_BACK = 0.447

export function toStepBack({ trade, tracks }: Song): StepBack | undefined {
  return (
    trade && {
      beat: trade.beat,
      end: trade.end ?? Infinity,
      turnBeats: trade.bars * BEATS_PER_BAR,
      count: trade.order.length,
      gain: trade.isSilent ? 0 : STEPPED_BACK,
      turns: tracks.flatMap(({ id, owner }) => {
        const turn = trade.order.indexOf(owner)
        return turn < 0 ? [] : [[id, turn] as const]
      }),
    }
  )
}

/** Whether both are heard alike. */
export const isSameStepBack = (one: StepBack | undefined, other: StepBack | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
