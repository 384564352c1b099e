import type { Waveform } from '../../sequence/synth-sound.ts'

/** Where each waveform begins its cycle: where it passes zero on its way up, so that a note begins gently. */
export const START_PHASES: Readonly<Record<Waveform, number>> = {
  sawtooth: 0.5,
  square: 0,
  sine: 0,
  triangle: 0.25,
}

/** Factors that make the waveforms about equally loud to the ear. */
export const WAVEFORM_TRIMS: Readonly<Record<Waveform, number>> = {
  sawtooth: 1,
  square: 0.75,
  sine: 1.15,
  triangle: 1.3,
}

/** Where a tone stands, and how fast it goes. */
export interface Cycle {
  /** Place in the cycle, 0 to 1. */
  phase: number
  /** Cycles in a sample, below 0.5. */
  readonly phaseStep: number
}

const SINE_STEPS = 2048
const SINE = Float64Array.from({ length: SINE_STEPS + 1 }, (_, step) =>
  Math.sin((2 * Math.PI * step) / SINE_STEPS),
)

/**
 * Writes samples of a waveform, within about -1 to 1, into `out[from]` up to, not with, `out[to]`.
 * Edges and corners are rounded over two samples against aliasing: PolyBLEP (Välimäki and Huovilainen 2007) and
 * PolyBLAMP (Esqueda, Välimäki and Bilbao 2016).
 * The cycle is moved on in place: a number that is handed back would be an object to collect on the audio thread.
 */
export function oscillate(
  waveform: Waveform,
  out: Float64Array,
  from: number,
  to: number,
  cycle: Cycle,
): void {
  switch (waveform) {
    case 'sawtooth':
      sawtooth(out, from, to, cycle)
      return
    case 'square':
      square(out, from, to, cycle)
      return
    case 'sine':
      sine(out, from, to, cycle)
      return
    case 'triangle':
      triangle(out, from, to, cycle)
  }
}

function sawtooth(out: Float64Array, from: number, to: number, cycle: Cycle): void {
  const step = cycle.phaseStep
  let { phase } = cycle
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= 1) phase -= 1
    out[i] = 2 * phase - 1 - blep(phase, step)
  }
  cycle.phase = phase
}

function square(out: Float64Array, from: number, to: number, cycle: Cycle): void {
  const step = cycle.phaseStep
  let { phase } = cycle
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= 1) phase -= 1
    const opposite = phase < 0.5 ? phase + 0.5 : phase - 0.5
    out[i] = (phase < 0.5 ? 1 : -1) + blep(phase, step) - blep(opposite, step)
  }
  cycle.phase = phase
}

function sine(out: Float64Array, from: number, to: number, cycle: Cycle): void {
  const step = cycle.phaseStep
  let { phase } = cycle
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= 1) phase -= 1
    const place = phase * SINE_STEPS
    const index = place | 0
    const below = SINE[index] ?? 0
    out[i] = below + (place - index) * ((SINE[index + 1] ?? 0) - below)
  }
  cycle.phase = phase
}

function triangle(out: Float64Array, from: number, to: number, cycle: Cycle): void {
  const step = cycle.phaseStep
  let { phase } = cycle
  for (let i = from; i < to; i++) {
    phase += step
    if (phase >= 1) phase -= 1
    const opposite = phase < 0.5 ? phase + 0.5 : phase - 0.5
    const naive = phase < 0.5 ? 4 * phase - 1 : 3 - 4 * phase
    out[i] = naive + 8 * step * (blamp(phase, step) - blamp(opposite, step))
  }
  cycle.phase = phase
}

/** What to add at a step of height 2 upwards at phase 0. */
function blep(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step
    return t + t - t * t - 1
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step
    return t * t + t + t + 1
  }
  return 0
}

/** What to add at a corner at phase 0 where the slope rises by one a sample. */
function blamp(phase: number, step: number): number {
  const distance = Math.min(phase, 1 - phase) / step
  if (distance >= 1) return 0
  const rest = 1 - distance
  return (rest * rest * rest) / 6
}
