import type { BlockPlace } from './block-place.ts'
import { amplify } from './effects/amplify.ts'
import { createRamp, moveToGoal, type Ramp } from './effects/smoothing.ts'
import { CHUNK } from './strip.ts'

/** What one track is turned down by while it is not its turn. */
export interface TurnGain {
  /** Its own of each round, from 0; -1 for none. */
  turn: number
  readonly ramp: Ramp
}

/** In which a track comes before its turn, and goes after it: at the bar line it is as loud as it is to be. */
const RAMP_SECONDS = 0.012
/** Of what changes anywhere else, from nothing to all; steeper than the ramp, so that it does not hold that up. */
const SLEW_SECONDS = 0.008
/** The same when the song stops: what rings has rung out before one hears more of it. */
const REST_SECONDS = 4

export const createTurnGain = (): TurnGain => ({ turn: -1, ramp: createRamp(1) })

/** Turns down what is to step back; samples of whoever has the spotlight pass untouched. */
export function passTurn(
  gain: TurnGain,
  left: Float64Array,
  right: Float64Array,
  place: BlockPlace,
  sampleRate: number,
): void {
  const { ramp } = gain
  if (place.stepBack === undefined && ramp.end === 1) return
  for (let from = 0; from < place.count; from += CHUNK) {
    const to = Math.min(place.count, from + CHUNK)
    aim(gain, place, to, sampleRate)
    const most = (to - from) / ((place.moves ? SLEW_SECONDS : REST_SECONDS) * sampleRate)
    ramp.goal = Math.min(ramp.end + most, Math.max(ramp.end - most, ramp.goal))
    moveToGoal(ramp, to - from)
    if (ramp.value === 1 && ramp.end === 1) continue
    amplify(ramp, left, from, to)
    amplify(ramp, right, from, to)
  }
}

/** The same of a track that is silent: where it stands does not depend on what it played. */
export function followTurn(gain: TurnGain, place: BlockPlace, sampleRate: number): void {
  if (place.stepBack === undefined && gain.ramp.end === 1) return
  aim(gain, place, place.count, sampleRate)
  gain.ramp.end = gain.ramp.goal
}

/** Finds where the gain is to be so many frames on: a function of the song's position and nothing else. */
function aim(
  { ramp, turn }: TurnGain,
  place: BlockPlace,
  frames: number,
  sampleRate: number,
): void {
  ramp.goal = 1
  const { stepBack, moves } = place
  if (stepBack === undefined || !moves || turn < 0) return
  const { turnBeats, count, gain } = stepBack
  const beat = place.beat + frames * place.beatsPerFrame
  const gone = beat - stepBack.beat
  if (gone < 0 || beat >= stepBack.end) return
  const index = Math.floor(gone / turnBeats)
  if (index % count === turn) return
  const sinceBeats = gone - index * turnBeats
  const rampBeats = RAMP_SECONDS * sampleRate * place.beatsPerFrame
  const rise = (1 - gain) / rampBeats
  // Straight into the ramp: a number out of two, of which one is written down, would be an object.
  ramp.goal = Math.max(gain, 1 - rise * (stepBack.end - beat))
  if (index === 0 || (index - 1) % count === turn) {
    ramp.goal = Math.max(ramp.goal, 1 - rise * sinceBeats)
  }
  if ((index + 1) % count === turn) {
    ramp.goal = Math.max(ramp.goal, 1 - rise * (turnBeats - sinceBeats))
  }
}
