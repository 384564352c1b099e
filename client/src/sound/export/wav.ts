import { createByteWriter, type ByteWriter } from './bytes.ts'
import { SOFTWARE, type AudioFile, type AudioTags, type WavFormat } from './file-types.ts'
import { createSampleWriter } from './wav-samples.ts'

const SIDES = 2
const BYTES_A_SAMPLE: Readonly<Record<WavFormat, number>> = { wav16: 2, wav24: 3, wav32: 4 }
export const bytesAFrame = (format: WavFormat): number => SIDES * BYTES_A_SAMPLE[format]

/** Sizes in RIFF have 32 bits. */
const MOST_32 = 0xffff_ffff
/** Of a chunk `ds64` without its table. */
const DS64_BYTES = 28
const PCM = 1
const FLOAT = 3

export interface WavHead {
  readonly format: WavFormat
  readonly sampleRate: number
  readonly tags: AudioTags
}

/**
 * All before the samples of a stereo WAV file, always of one length: where a file turns out larger than 4 GiB the place
 * kept free at its front holds the sizes (RF64, EBU Tech 3306).
 *
 * @param frames  undefined while nobody knows: then readers go on to the end of the file
 */
export function wavHeader(
  { format, sampleRate, tags }: WavHead,
  frames: number | undefined,
): Uint8Array<ArrayBuffer> {
  const info = infoChunk(tags)
  const isFloat = format === 'wav32'
  const fixed = 4 + (8 + DS64_BYTES) + (8 + 16) + (isFloat ? 8 + 4 : 0) + info.length + 8
  // Even, whatever the format: nothing has to be padded.
  const dataBytes = (frames ?? 0) * bytesAFrame(format)
  const isLarge = fixed + dataBytes > MOST_32
  const size = (bytes: number): number => (frames === undefined || isLarge ? MOST_32 : bytes)

  const file = createByteWriter()
  file.text(isLarge ? 'RF64' : 'RIFF')
  file.u32(size(fixed + dataBytes))
  file.text('WAVE')
  file.text(isLarge ? 'ds64' : 'JUNK')
  file.u32(DS64_BYTES)
  file.u64(isLarge ? fixed + dataBytes : 0)
  file.u64(isLarge ? dataBytes : 0)
  file.u64(isLarge ? (frames ?? 0) : 0)
  file.u32(0)
  writeFormat(file, format, sampleRate)
  if (isFloat) {
    file.text('fact')
    file.u32(4)
    file.u32(size(frames ?? 0))
  }
  file.bytes(info)
  file.text('data')
  file.u32(size(dataBytes))
  return file.done()
}

function writeFormat(file: ByteWriter, format: WavFormat, sampleRate: number): void {
  const frameBytes = bytesAFrame(format)
  file.text('fmt ')
  file.u32(16)
  file.u16(format === 'wav32' ? FLOAT : PCM)
  file.u16(SIDES)
  file.u32(sampleRate)
  file.u32(sampleRate * frameBytes)
  file.u16(frameBytes)
  file.u16(8 * BYTES_A_SAMPLE[format])
}

/** What a RIFF file says of its music; of an even length. */
function infoChunk({ title, artist, comment, date }: AudioTags): Uint8Array {
  const fields = [
    ['INAM', title],
    ['IART', artist],
    ['ICMT', comment],
    ['ICRD', date],
    ['ISFT', SOFTWARE],
  ] as const
  const body = createByteWriter()
  body.text('INFO')
  for (const [id, text] of fields) {
    if (text === '') continue
    const bytes = new TextEncoder().encode(text)
    body.text(id)
    body.u32(bytes.length + 1)
    body.bytes(bytes)
    body.u8(0)
    if (bytes.length % 2 === 0) body.u8(0)
  }
  const list = createByteWriter()
  list.text('LIST')
  list.u32(body.done().length)
  list.bytes(body.done())
  return list.done()
}

/** Parts are put together from so many bytes on, so that a browser may lay them aside. */
const PART_BYTES = 4 * 1024 * 1024

/** A WAV file that grows in memory, or wherever the browser keeps its blobs. */
export function createWavFile(head: WavHead): AudioFile {
  const samples = createSampleWriter(head.format)
  let whole: Blob[] = []
  let parts: Uint8Array<ArrayBuffer>[] = []
  let partBytes = 0
  let frames = 0
  return {
    add(left, right) {
      const bytes = samples.write(left, right)
      frames += left.length
      parts.push(bytes)
      partBytes += bytes.length
      if (partBytes >= PART_BYTES) {
        whole = [...whole, new Blob(parts)]
        parts = []
        partBytes = 0
      }
      return Promise.resolve()
    },
    finish() {
      const all = [wavHeader(head, frames), ...whole, ...parts]
      return Promise.resolve(new Blob(all, { type: 'audio/wav' }))
    },
  }
}
