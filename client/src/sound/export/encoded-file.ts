import type { AudioFile, AudioTags } from './file-types.ts'
import { createMp4Aac } from './mp4-aac.ts'
import { configOf, ENCODED_RATE, type EncodedFormat } from './formats.ts'
import { createOggOpus } from './ogg-opus.ts'

const SIDES = 2
/** More is not handed to the encoder at once. */
const MOST_WAITING = 16
const LOOK_EVERY_MS = 2
/** Of silence behind the music, so that the last of it leaves the encoder. */
const FLUSH_FRAMES = 4096
/** What encoders of Opus begin with, unless they say otherwise: 6.5 ms. */
const USUAL_PRE_SKIP = 312

interface Packet {
  readonly bytes: Uint8Array
  readonly frames: number
}

/** A compressed file, by the browser's own encoder (WebCodecs). Rejects with the encoder's error. */
export function createEncodedFile(format: EncodedFormat, tags: AudioTags): AudioFile {
  const packets: Packet[] = []
  let description: Uint8Array | undefined
  let failure: Error | undefined
  let frames = 0
  const encoder = new AudioEncoder({
    output(chunk, meta) {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      packets.push({ bytes, frames: Math.round(((chunk.duration ?? 0) * ENCODED_RATE) / 1e6) })
      const told = meta?.decoderConfig?.description
      if (told !== undefined) description ??= bytesOf(told)
    },
    error(error) {
      failure = error
    },
  })
  encoder.configure(configOf(format))
  const encode = (left: Float32Array, right: Float32Array, at: number): void => {
    const both = new Float32Array(SIDES * left.length)
    both.set(left)
    both.set(right, left.length)
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: ENCODED_RATE,
      numberOfFrames: left.length,
      numberOfChannels: SIDES,
      timestamp: Math.round((at * 1e6) / ENCODED_RATE),
      data: both,
    })
    encoder.encode(data)
    data.close()
  }
  const check = (): void => {
    if (failure !== undefined) throw failure
  }
  return {
    async add(left, right) {
      while (encoder.encodeQueueSize > MOST_WAITING && failure === undefined) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      }
      check()
      encode(left, right, frames)
      frames += left.length
    },
    async finish() {
      check()
      encode(new Float32Array(FLUSH_FRAMES), new Float32Array(FLUSH_FRAMES), frames)
      await encoder.flush()
      check()
      encoder.close()
      return format === 'opus'
        ? oggOf(packets, tags, description, frames)
        : createMp4Aac({ packets, tags, description, frames, sampleRate: ENCODED_RATE })
    },
  }
}

const bytesOf = (source: AllowSharedBufferSource): Uint8Array =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice()

function oggOf(
  packets: readonly Packet[],
  tags: AudioTags,
  description: Uint8Array | undefined,
  frames: number,
): Blob {
  const serial = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  const ogg = createOggOpus(tags, preSkipIn(description), serial)
  for (const packet of packets) ogg.add(packet.bytes, packet.frames)
  return new Blob([...ogg.finish(frames)], { type: 'audio/ogg; codecs=opus' })
}

/** The encoder describes itself as the first packet of an Ogg file does. */
function preSkipIn(description: Uint8Array | undefined): number {
  const AT = 10
  if (description === undefined || description.length < AT + 2) return USUAL_PRE_SKIP
  return new DataView(description.buffer).getUint16(AT, true)
}
