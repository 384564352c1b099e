const SMOOTHING_SECONDS = 0.005
/** A smoothed value this near its target has arrived: 120 dB below full scale. */
const ARRIVED = 1e-6

/** Share of the way to its target that a smoothed value goes in so many frames: a one-pole low-pass of 5 ms. */
export const smoothingShare = (frames: number, sampleRate: number): number =>
  1 - Math.exp(-frames / (SMOOTHING_SECONDS * sampleRate))

/** The same of a one-pole low-pass of any frequency, in one frame. */
export const poleShare = (hz: number, sampleRate: number): number =>
  1 - Math.exp((-2 * Math.PI * hz) / sampleRate)

export const approach = (value: number, target: number, share: number): number => {
  const next = value + (target - value) * share
  return Math.abs(next - target) < ARRIVED ? target : next
}

const SETTLED = 1e-9

/** The target, once a smoothed value is so near that going on would lead to the smallest numbers, which are slow. */
export const settled = (value: number, target: number): number =>
  Math.abs(value - target) < SETTLED ? target : value

/** The value, or the nearest end of its range; what is no number becomes `least`. */
export const within = (least: number, most: number, value: number): number =>
  value > least ? Math.min(most, value) : least

/** A value on its way: `value` before the first frame of a stretch, `step` more with each, `end` with the last. */
export interface Ramp {
  value: number
  step: number
  end: number
  /** Where it is to glide, if it does. Kept here: numbers handed over one by one would be objects. */
  goal: number
}

export const createRamp = (value: number): Ramp => ({ value, step: 0, end: value, goal: value })

/** Begins a stretch of so many frames where the last one ended. */
export function moveRamp(ramp: Ramp, end: number, frames: number): void {
  ramp.value = ramp.end
  ramp.step = (end - ramp.value) / frames
  ramp.end = end
}

/** The same to its goal. Takes no number to go to, which would be an object wherever this is not inlined. */
export function moveToGoal(ramp: Ramp, frames: number): void {
  ramp.value = ramp.end
  ramp.step = (ramp.goal - ramp.value) / frames
  ramp.end = ramp.goal
}

/** The same where the value stays. */
export function holdRamp(ramp: Ramp): void {
  ramp.value = ramp.end
  ramp.step = 0
}

/** Lets a ramp go on to what is smoothed towards its goal. */
export function glideRamp(ramp: Ramp, share: number, frames: number): void {
  if (ramp.end === ramp.goal) holdRamp(ramp)
  else moveRamp(ramp, approach(ramp.end, ramp.goal, share), frames)
}
