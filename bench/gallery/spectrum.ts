/** Strength of the frequencies of a short stretch of sound. */
export interface Spectrum {
  /** Power of each bin, from 0 Hz up to half the sample rate. */
  readonly power: Float64Array
  readonly hzPerBin: number
}

/** Samples that one spectrum looks at; a power of two. */
const WINDOW = 4096

const HANN = Float64Array.from(
  { length: WINDOW },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / WINDOW),
)
/** So that a sine at full scale has a power of 1. */
const SCALE = 4 / WINDOW

/** The spectrum around a place; beyond both ends there is silence. */
export function spectrumAt(samples: Float32Array, middle: number, sampleRate: number): Spectrum {
  const re = new Float64Array(WINDOW)
  const im = new Float64Array(WINDOW)
  const from = middle - WINDOW / 2
  for (let at = 0; at < WINDOW; at++) {
    re[at] = (samples[from + at] ?? 0) * (HANN[at] ?? 0)
  }
  transform(re, im)
  const power = Float64Array.from(
    { length: WINDOW / 2 },
    (_, bin) => (SCALE * Math.hypot(re[bin] ?? 0, im[bin] ?? 0)) ** 2,
  )
  return { power, hzPerBin: sampleRate / WINDOW }
}

/** The fast Fourier transform in place (Cooley and Tukey, 1965). */
function transform(re: Float64Array, im: Float64Array): void {
  reverseBits(re)
  for (let size = 2; size <= WINDOW; size *= 2) {
    const angle = (-2 * Math.PI) / size
    for (let k = 0; k < size / 2; k++) {
      const cos = Math.cos(angle * k)
      const sin = Math.sin(angle * k)
      for (let even = k; even < WINDOW; even += size) {
        const odd = even + size / 2
        const [oddRe, oddIm] = [re[odd] ?? 0, im[odd] ?? 0]
        const [evenRe, evenIm] = [re[even] ?? 0, im[even] ?? 0]
        const turnedRe = oddRe * cos - oddIm * sin
        const turnedIm = oddRe * sin + oddIm * cos
        re[even] = evenRe + turnedRe
        im[even] = evenIm + turnedIm
        re[odd] = evenRe - turnedRe
        im[odd] = evenIm - turnedIm
      }
    }
  }
}

/** Of what is real alone: the imaginary part is all zeros still. */
function reverseBits(re: Float64Array): void {
  for (let at = 0, other = 0; at < WINDOW; at++) {
    if (other > at) {
      const value = re[at] ?? 0
      re[at] = re[other] ?? 0
      re[other] = value
    }
    let bit = WINDOW >> 1
    for (; bit > 0 && (other & bit) !== 0; bit >>= 1) other ^= bit
    other |= bit
  }
}
