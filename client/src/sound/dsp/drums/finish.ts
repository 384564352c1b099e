import type { CommonDrumParams } from '../../../sequence/drum-sound.ts'
import {
  createFilterShape,
  filter,
  settleFilter,
  type FilterShape,
  type FilterState,
} from '../filter.ts'
import { flush, powerOfTwo } from './arithmetic.ts'
import { shapeDrumFilter } from './drum-filter.ts'

/** What every hit passes on its way out: drive, crush, a low-pass, a high-pass and a ceiling. */
export interface Finish {
  readonly sampleRate: number
  /** Saturation: how much of it, and gains before and after. */
  drive: number
  driveGain: number
  driveTrim: number
  /** Crushing: how much of it, steps to the level of 1, samples taken a sample. */
  crush: number
  crushSteps: number
  crushRate: number
  /** Rises by the rate; at 1 the next sample is taken, and held. */
  crushPhase: number
  held: number
  readonly lowpass: FilterShape
  readonly state: FilterState
  /** What lies too low, and how fast it is followed. */
  rumble: number
  rumbleShare: number
  level: number
}

/** The hardest drive amplifies by so much before it saturates. */
const MOST_DRIVE = 9
/** From this share on nothing of the clean sound is left. */
const ALL_DRIVEN = 0.3
const ALL_CRUSHED = 0.25
/** Something always stays, so that the first sample is heard. */
const MOST_CRUSHED = 0.97
const MOST_BITS = 11
const FEWEST_BITS = 4
const FASTEST_CRUSH_HZ = 22_000
/** Octaves down to the slowest. */
const CRUSH_OCTAVES = 2.4
/** The softest hit is darker than the hardest by so many octaves. */
const VELOCITY_OCTAVES = 2
const FLAT = 0.7071
const LOWEST_HZ = 20
/** Above it the ceiling sets in, which is at 1. */
const KNEE = 0.8

export const createFinish = (sampleRate: number): Finish => ({
  sampleRate,
  drive: 0,
  driveGain: 1,
  driveTrim: 1,
  crush: 0,
  crushSteps: 1,
  crushRate: 1,
  crushPhase: 1,
  held: 0,
  lowpass: createFilterShape(),
  state: new Float64Array(2),
  rumble: 0,
  rumbleShare: 0,
  level: 0,
})

/** @param force  velocity, 0 to 1 */
export function setFinish(finish: Finish, params: CommonDrumParams, force: number): void {
  const { sampleRate } = finish
  const gain = 1 + (MOST_DRIVE - 1) * params.drive * params.drive
  finish.drive = Math.min(1, params.drive / ALL_DRIVEN)
  finish.driveGain = gain
  finish.driveTrim = gain >= 3 ? 1 : (27 + 9 * gain * gain) / (gain * (27 + gain * gain))
  const { crush } = params
  const bits = MOST_BITS - (MOST_BITS - FEWEST_BITS) * crush
  finish.crush = Math.min(1, crush / ALL_CRUSHED) * MOST_CRUSHED
  finish.crushSteps = powerOfTwo(bits - 1)
  finish.crushRate = (FASTEST_CRUSH_HZ / sampleRate) * powerOfTwo(-CRUSH_OCTAVES * crush)
  finish.crushPhase = 1
  finish.held = 0
  const hz = params.lowpassHz * powerOfTwo(VELOCITY_OCTAVES * (force - 1))
  shapeDrumFilter(finish.lowpass, 'lowpass', hz, FLAT, sampleRate)
  finish.state.fill(0)
  finish.rumble = 0
  cutLow(finish, LOWEST_HZ)
  finish.level = params.level
}

/** Lets nothing far below `hz` pass; drive and crush make such even of hats. */
export function cutLow(finish: Finish, hz: number): void {
  finish.rumbleShare = Math.min(1, (2 * Math.PI * hz) / finish.sampleRate)
}

/** Works on samples in place. @returns whether all of them are numbers */
export function finishHit(
  finish: Finish,
  samples: Float64Array,
  from: number,
  to: number,
): boolean {
  if (finish.drive > 0) saturate(finish, samples, from, to)
  if (finish.crush > 0) crushSamples(finish, samples, from, to)
  filter(finish.lowpass, finish.state, 0, samples, from, to)
  settleFilter(finish.state)
  return limit(finish, samples, from, to)
}

function saturate(
  { drive, driveGain, driveTrim }: Finish,
  samples: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0
    const x = Math.min(3, Math.max(-3, sample * driveGain))
    const soft = (x * (27 + x * x)) / (27 + 9 * x * x)
    samples[i] = sample + drive * (soft * driveTrim - sample)
  }
}

function crushSamples(finish: Finish, samples: Float64Array, from: number, to: number): void {
  const { crush, crushSteps, crushRate } = finish
  let { held, crushPhase } = finish
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0
    if (crushPhase >= 1) {
      crushPhase -= 1
      held = Math.round(sample * crushSteps) / crushSteps
    }
    crushPhase += crushRate
    samples[i] = sample + crush * (held - sample)
  }
  finish.held = held
  finish.crushPhase = crushPhase
}

function limit(finish: Finish, samples: Float64Array, from: number, to: number): boolean {
  const { level, rumbleShare } = finish
  let { rumble } = finish
  let total = 0
  for (let i = from; i < to; i++) {
    const sample = samples[i] ?? 0
    rumble += rumbleShare * (sample - rumble)
    const centred = level * (sample - rumble)
    samples[i] = centred
    total += centred
    if (centred > KNEE || centred < -KNEE) {
      const over = Math.min(3, (Math.abs(centred) - KNEE) / (1 - KNEE))
      const size = KNEE + ((1 - KNEE) * over * (27 + over * over)) / (27 + 9 * over * over)
      samples[i] = centred < 0 ? -size : size
    }
  }
  finish.rumble = flush(rumble)
  return Number.isFinite(total)
}
