import type { StepBack } from '../step-back.ts'
import { BLOCK, type BeatPlace } from './strip.ts'

/** Where a song stands at the first frame of a block, and the block. */
export interface BlockPlace extends BeatPlace {
  /** Of the audio's clock; a whole number, which may be negative. */
  frame: number
  /** Frames since shared time 0, a whole number: where modulations stand that are the same for everybody. */
  age: number
  count: number
  /** Whether the song plays. */
  moves: boolean
  /** Undefined while nobody takes turns. */
  stepBack: StepBack | undefined
}

export const createBlockPlace = (beatsPerFrame = 1): BlockPlace => ({
  beat: 0,
  beatsPerFrame,
  frame: 0,
  age: 0,
  count: BLOCK,
  moves: false,
  stepBack: undefined,
})
