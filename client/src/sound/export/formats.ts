import type { AudioFormat, WavFormat } from './file-types.ts'

export type EncodedFormat = Exclude<AudioFormat, WavFormat>

/** Compressed files are of this rate, which every player knows. */
export const ENCODED_RATE = 48_000
const SIDES = 2
const BITS_A_SECOND = { opus: 160_000, aac: 192_000 } as const
const CODECS = { opus: 'opus', aac: 'mp4a.40.2' } as const

export const EXTENSIONS: Readonly<Record<AudioFormat, string>> = {
  wav16: 'wav',
  wav24: 'wav',
  wav32: 'wav',
  opus: 'opus',
  aac: 'm4a',
}

export const isWav = (format: AudioFormat): format is WavFormat =>
  format === 'wav16' || format === 'wav24' || format === 'wav32'

/** Frames in a second of a file in this format. @param playedRate  of what is played */
export const rateOf = (format: AudioFormat, playedRate: number): number =>
  isWav(format) ? playedRate : ENCODED_RATE

export const configOf = (format: EncodedFormat): AudioEncoderConfig => ({
  codec: CODECS[format],
  sampleRate: ENCODED_RATE,
  numberOfChannels: SIDES,
  bitrate: BITS_A_SECOND[format],
})

/** Whether this browser can write such files (WebCodecs). */
export async function canEncode(format: EncodedFormat): Promise<boolean> {
  if (typeof AudioEncoder === 'undefined') return false
  // Some browsers throw at what they do not know.
  const verdict = await AudioEncoder.isConfigSupported(configOf(format)).catch(() => undefined)
  return verdict?.supported === true
}
