import { mixHash } from '../dsp/hash.ts'
import type { WavFormat } from './file-types.ts'

/** Turns samples into the bytes of a WAV file, side by side. */
export interface SampleWriter {
  /** Both sides of one length, 1 at full scale; beyond it whole numbers are cut off. */
  write(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer>
}

const FULL_16 = 32_767
const FULL_24 = 8_388_607
const FRACTION = 1 / 4_294_967_296

export function createSampleWriter(format: WavFormat): SampleWriter {
  if (format === 'wav32') return { write: writeFloats }
  if (format === 'wav24') return { write: write24 }
  let drawn = 0
  /** The difference of two even draws: what rounding does is noise then, whatever the music (TPDF dither). */
  const dither = (): number => {
    drawn = (drawn + 2) | 0
    return ((mixHash(1, drawn) >>> 0) - (mixHash(1, drawn + 1) >>> 0)) * FRACTION
  }
  return {
    write(left, right) {
      const bytes = new Uint8Array(left.length * 4)
      const view = new DataView(bytes.buffer)
      for (let i = 0, at = 0; i < left.length; i++, at += 4) {
        view.setInt16(at, dithered(left[i] ?? 0, dither), true)
        view.setInt16(at + 2, dithered(right[i] ?? 0, dither), true)
      }
      return bytes
    },
  }
}

/** Silence stays silent. */
const dithered = (sample: number, dither: () => number): number =>
  sample === 0 ? 0 : whole(sample * FULL_16 + dither(), FULL_16)

const whole = (value: number, full: number): number =>
  Math.max(-full - 1, Math.min(full, Math.round(value)))

function write24(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length * 6)
  for (let i = 0, at = 0; i < left.length; i++, at += 6) {
    put24(bytes, at, whole((left[i] ?? 0) * FULL_24, FULL_24))
    put24(bytes, at + 3, whole((right[i] ?? 0) * FULL_24, FULL_24))
  }
  return bytes
}

function put24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value
  bytes[at + 1] = value >> 8
  bytes[at + 2] = value >> 16
}

function writeFloats(left: Float32Array, right: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(left.length * 8)
  const view = new DataView(bytes.buffer)
  for (let i = 0, at = 0; i < left.length; i++, at += 8) {
    view.setFloat32(at, left[i] ?? 0, true)
    view.setFloat32(at + 4, right[i] ?? 0, true)
  }
  return bytes
}
