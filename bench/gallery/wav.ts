import type { Pcm } from '../../client/src/sound/render.ts'

const HEADER_BYTES = 44
const BYTES = 2
const LOUDEST = 32_767

/** A WAV file of 16 bits and two sides. */
export function encodeWav({ left, right, sampleRate }: Pcm): Buffer {
  const frameBytes = 2 * BYTES
  const size = left.length * frameBytes
  const file = Buffer.alloc(HEADER_BYTES + size)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(HEADER_BYTES - 8 + size, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(2, 22)
  file.writeUInt32LE(sampleRate, 24)
  file.writeUInt32LE(sampleRate * frameBytes, 28)
  file.writeUInt16LE(frameBytes, 32)
  file.writeUInt16LE(8 * BYTES, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(size, 40)
  for (let frame = 0; frame < left.length; frame++) {
    file.writeInt16LE(sampleOf(left[frame]), HEADER_BYTES + frame * frameBytes)
    file.writeInt16LE(sampleOf(right[frame]), HEADER_BYTES + frame * frameBytes + BYTES)
  }
  return file
}

const sampleOf = (value = 0): number => Math.round(LOUDEST * Math.min(1, Math.max(-1, value)))
