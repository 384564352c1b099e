import { DECAYS_TO_SILENCE, fallIn, flush, toSines } from './arithmetic.ts'

const MODES = 3

/** Decaying sines: the ways in which a skin or a stick swings. All of them slide down to their pitch together. */
export interface Modes {
  readonly sampleRate: number
  /** Cycles, 0 to 1. */
  readonly phases: Float64Array
  readonly steps: Float64Array
  readonly levels: Float64Array
  readonly falls: Float64Array
  /** Samples that each is heard. */
  readonly remaining: Float64Array
  /** By what share of itself each pitch is still too high, and what is left of that after a sample. */
  readonly sweeps: Float64Array
  sweepFall: number
}

export const createModes = (sampleRate: number): Modes => ({
  sampleRate,
  phases: new Float64Array(MODES),
  steps: new Float64Array(MODES),
  levels: new Float64Array(MODES),
  falls: new Float64Array(MODES),
  remaining: new Float64Array(MODES),
  sweeps: new Float64Array(MODES),
  sweepFall: 0,
})

export function clearModes(modes: Modes): void {
  modes.phases.fill(0)
  modes.levels.fill(0)
  modes.remaining.fill(0)
  modes.sweeps.fill(0)
}

/** @param seconds  in which the level falls by 60 dB */
export function strikeMode(
  modes: Modes,
  at: number,
  hz: number,
  level: number,
  seconds: number,
): void {
  const samples = seconds * modes.sampleRate
  modes.steps[at] = hz / modes.sampleRate
  modes.levels[at] = level
  modes.falls[at] = fallIn(samples)
  modes.remaining[at] = Math.round(samples * DECAYS_TO_SILENCE)
}

/** @param ratio  of the pitch at the start to that where it lands @param seconds  until a thousandth is left */
export function sweepModes(modes: Modes, ratio: number, seconds: number): void {
  modes.sweeps.fill(ratio - 1)
  modes.sweepFall = fallIn(seconds * modes.sampleRate)
}

/** How many samples all of them are heard. */
export const lengthOfModes = ({ remaining }: Modes): number =>
  Math.max(remaining[0] ?? 0, remaining[1] ?? 0, remaining[2] ?? 0)

/** Adds samples from `from` up to, not with, `to`. */
export function addModes(
  modes: Modes,
  scratch: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const { sweepFall } = modes
  for (let at = 0; at < MODES; at++) {
    const step = modes.steps[at] ?? 0
    const fall = modes.falls[at] ?? 0
    let level = modes.levels[at] ?? 0
    let phase = modes.phases[at] ?? 0
    let sweep = modes.sweeps[at] ?? 0
    const remaining = modes.remaining[at] ?? 0
    const end = Math.min(to, from + remaining) | 0
    if (end <= from) continue
    for (let i = from; i < end; i++) {
      phase += step * (1 + sweep)
      phase -= Math.floor(phase)
      sweep *= sweepFall
      scratch[i] = phase
    }
    toSines(scratch, from, end)
    for (let i = from; i < end; i++) {
      out[i] = (out[i] ?? 0) + (scratch[i] ?? 0) * level
      level *= fall
    }
    modes.levels[at] = level
    modes.phases[at] = phase
    modes.remaining[at] = remaining - (end - from)
    modes.sweeps[at] = flush(sweep)
  }
}
