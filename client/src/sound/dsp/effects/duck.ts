import { CHUNK } from '../strip.ts'
import { amplify } from './amplify.ts'
import { sane, valueAt } from './sanity.ts'
import { approach, createRamp, moveToGoal, type Ramp, smoothingShare, within } from './smoothing.ts'

/** Turns down what would be in the way of a source, such as a bass in the way of a kick drum. */
export interface Duck {
  set(settings: DuckSettings): void
  /**
   * Turns down the first `count` samples of both sides in place.
   *
   * @param peaks  of the source in this block: its highest absolute sample in each chunk of 16 frames
   */
  process(left: Float64Array, right: Float64Array, count: number, peaks: Float64Array): void
  /** The same while what would be turned down is silent: where it stands does not depend on what sounded before. */
  follow(count: number, peaks: Float64Array): void
}

export interface DuckSettings {
  /** 0 to 1, which is silence; at 0 samples pass untouched. */
  readonly depth: number
  /** Until nine tenths of what was turned down are back after the source, 0.05 to 0.6. */
  readonly releaseSeconds: number
}

/** A source this loud ducks by all of the depth, -12 dB; a softer one by its share. */
const FULL_PEAK = 0.25
/** Until nine tenths are turned down. */
const ATTACK_SECONDS = 0.002
/** A peak counts for this long, so that the gain does not flutter with the cycles of a low source. */
const HOLD_SECONDS = 0.012
const SHORTEST_RELEASE_SECONDS = 0.05
const LONGEST_RELEASE_SECONDS = 0.6
const UNHEARD = 1e-6

interface DuckState {
  target: number
  depth: number
  /** Share of the way back that is gone in a chunk. */
  release: number
  /** How far the source is in, 0 to 1: the highest of the last chunks, for so many more, and smoothed. */
  held: number
  holdChunks: number
  envelope: number
  readonly gain: Ramp
}

export function createDuck(sampleRate: number): Duck {
  const share = smoothingShare(CHUNK, sampleRate)
  const attack = tenthShare(ATTACK_SECONDS, sampleRate)
  const holdChunks = Math.round((HOLD_SECONDS * sampleRate) / CHUNK)
  const state: DuckState = {
    target: 0,
    depth: 0,
    release: tenthShare(SHORTEST_RELEASE_SECONDS, sampleRate),
    held: 0,
    holdChunks: 0,
    envelope: 0,
    gain: createRamp(1),
  }

  /** Takes where the peak is and not the peak, which as a number that is handed over would be made anew each time. */
  const move = (peaks: Float64Array, chunk: number, frames: number): void => {
    hold(state, peaks, chunk, holdChunks)
    follow(state, attack)
    state.depth = approach(state.depth, state.target, share)
    state.gain.goal = 1 - state.depth * state.envelope
    moveToGoal(state.gain, frames)
  }

  return {
    set({ depth, releaseSeconds }) {
      state.target = within(0, 1, depth)
      state.release = tenthShare(
        within(SHORTEST_RELEASE_SECONDS, LONGEST_RELEASE_SECONDS, releaseSeconds),
        sampleRate,
      )
    },
    process(left, right, count, peaks) {
      for (let from = 0; from < count; from += CHUNK) {
        const to = Math.min(count, from + CHUNK)
        move(peaks, from / CHUNK, to - from)
        if (state.gain.value === 1 && state.gain.end === 1) continue
        amplify(state.gain, left, from, to)
        amplify(state.gain, right, from, to)
      }
    },
    follow(count, peaks) {
      for (let from = 0; from < count; from += CHUNK) {
        move(peaks, from / CHUNK, Math.min(count, from + CHUNK) - from)
      }
    },
  }
}

/** Share of the way in a chunk after which a tenth of the way is left at the end of that time. */
const tenthShare = (seconds: number, sampleRate: number): number =>
  1 - Math.pow(0.1, CHUNK / (seconds * sampleRate))

function hold(state: DuckState, peaks: Float64Array, chunk: number, holdChunks: number): void {
  const wanted = Math.min(1, Math.abs(sane(valueAt(peaks, chunk))) / FULL_PEAK)
  if (wanted >= state.held || state.holdChunks === 0) {
    state.held = wanted
    state.holdChunks = holdChunks
  } else {
    state.holdChunks--
  }
}

function follow(state: DuckState, attack: number): void {
  const { held, envelope, release } = state
  const next = envelope + (held - envelope) * (held > envelope ? attack : release)
  state.envelope = next < UNHEARD ? 0 : next
}
