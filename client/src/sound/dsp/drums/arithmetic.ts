/*
 * Sines, powers and tangents by plain arithmetic, which every browser rounds alike. Those of `Math` may differ in their
 * last bit from one browser to another, and then a drum would too.
 */

const TURN = 2 * Math.PI
const LN_2 = 0.6931471805599453
/** A power is taken of a 1024th of its exponent, and squared ten times. */
const SQUARINGS = 10
const PART = 1 / 1024
/** Exponents beyond it are held there. */
const MOST = 500

/** Two to some power; off by less than a billionth. @param exponent  -500 to 500 */
export function powerOfTwo(exponent: number): number {
  const x = Math.min(MOST, Math.max(-MOST, exponent)) * LN_2 * PART
  let power = 1 + x * (1 + (x / 2) * (1 + (x / 3) * (1 + (x / 4) * (1 + x / 5))))
  for (let i = 0; i < SQUARINGS; i++) power *= power
  return power
}

export const semitonesToRatio = (semitones: number): number => powerOfTwo(semitones / 12)

/** @param x  radians, 0 to 1.5. (Lambert's continued fraction.) */
export function tangentOf(x: number): number {
  const s = x * x
  return x / (1 - s / (3 - s / (5 - s / (7 - s / (9 - s / (11 - s / 13))))))
}

const C3 = -1 / 6
const C5 = 1 / 120
const C7 = -1 / 5040
const C9 = 1 / 362_880
const C11 = -1 / 39_916_800

/** Turns phases into sines, in place; off by less than a ten millionth. @param values  cycles, 0 to 1 */
export function toSines(values: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const half = 0.5 - (values[i] ?? 0)
    const quarter = half > 0.25 ? 0.5 - half : half < -0.25 ? -0.5 - half : half
    const x = TURN * quarter
    const s = x * x
    values[i] = x * (1 + s * (C3 + s * (C5 + s * (C7 + s * (C9 + s * C11)))))
  }
}

/** Levels count as silent after they fell by 60 dB so many times. */
export const DECAYS_TO_SILENCE = 1.5
const LOG2_OF_1000 = 9.965784284662087

/** Factor for each sample of what falls by 60 dB in so many samples. */
export const fallIn = (samples: number): number => powerOfTwo(-LOG2_OF_1000 / Math.max(1, samples))

/** States below this are silence; processors slow down on numbers near the smallest. */
const SILENT = 1e-15

export const flush = (value: number): number => (Math.abs(value) >= SILENT ? value : 0)
