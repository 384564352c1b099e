import { createByteWriter, type ByteWriter } from './bytes.ts'
import { SOFTWARE, type AudioTags } from './file-types.ts'

export interface AacMusic {
  readonly packets: readonly { readonly bytes: Uint8Array }[]
  readonly tags: AudioTags
  /** AudioSpecificConfig, as the encoder told it. */
  readonly description: Uint8Array | undefined
  /** Of the music. */
  readonly frames: number
  readonly sampleRate: number
}

const SIDES = 2
const FRAMES_A_PACKET = 1024
/** AAC-LC, 48 kHz, two sides: where an encoder does not say. */
const USUAL_CONFIG = Uint8Array.of(0x11, 0x90)
const SOUND_LEVEL_1 = 0x0100
const UNITY = 0x0001_0000
/** No language. */
const UNDETERMINED = 0x55c4
const UTF8 = 1

/** One track of AAC in an MP4 file (ISO/IEC 14496-12 and -14), sound first and what describes it behind. */
export function createMp4Aac({ packets, tags, description, frames, sampleRate }: AacMusic): Blob {
  const brand = box('ftyp', (out) => {
    out.text('M4A ')
    out.u32be(0)
    out.text('M4A isommp42')
  })
  const bytes = packets.reduce((sum, packet) => sum + packet.bytes.length, 0)
  const head = createByteWriter()
  head.u32be(8 + bytes)
  head.text('mdat')
  const music = packets.map((packet) => packet.bytes.slice())
  // What the encoder gave beyond the music is not played.
  const duration = Math.min(frames, packets.length * FRAMES_A_PACKET)
  const scale = { sampleRate, duration }
  const movie = box('moov', (out) => {
    out.bytes(movieHead(scale))
    out.bytes(
      box('trak', (track) => {
        track.bytes(trackHead(scale))
        track.bytes(
          box('mdia', (media) => writeMedia(media, scale, packets, description, brand.length + 8)),
        )
      }),
    )
    out.bytes(userData(tags))
  })
  return new Blob([brand, head.done(), ...music, movie], { type: 'audio/mp4' })
}

interface Scale {
  readonly sampleRate: number
  readonly duration: number
}

function box(name: string, write: (out: ByteWriter) => void): Uint8Array<ArrayBuffer> {
  const inside = createByteWriter()
  write(inside)
  const whole = createByteWriter()
  whole.u32be(8 + inside.done().length)
  whole.text(name)
  whole.bytes(inside.done())
  return whole.done()
}

/** A box with a version and flags. */
const fullBox = (name: string, flags: number, write: (out: ByteWriter) => void): Uint8Array =>
  box(name, (out) => {
    out.u32be(flags)
    write(out)
  })

const zeros = (out: ByteWriter, words: number): void => {
  for (let word = 0; word < words; word++) out.u32be(0)
}

/** Nothing is turned or stretched. */
function writeMatrix(out: ByteWriter): void {
  for (const value of [UNITY, 0, 0, 0, UNITY, 0, 0, 0, 0x4000_0000]) out.u32be(value)
}

const movieHead = ({ sampleRate, duration }: Scale): Uint8Array =>
  fullBox('mvhd', 0, (out) => {
    zeros(out, 2)
    out.u32be(sampleRate)
    out.u32be(duration)
    out.u32be(UNITY)
    out.u16be(SOUND_LEVEL_1)
    out.u16be(0)
    zeros(out, 2)
    writeMatrix(out)
    zeros(out, 6)
    // The next track would be the second.
    out.u32be(2)
  })

const trackHead = ({ duration }: Scale): Uint8Array =>
  // Enabled, and part of the movie.
  fullBox('tkhd', 3, (out) => {
    zeros(out, 2)
    out.u32be(1)
    out.u32be(0)
    out.u32be(duration)
    zeros(out, 2)
    out.u32be(0)
    out.u16be(SOUND_LEVEL_1)
    out.u16be(0)
    writeMatrix(out)
    zeros(out, 2)
  })

function writeMedia(
  out: ByteWriter,
  { sampleRate, duration }: Scale,
  packets: AacMusic['packets'],
  description: Uint8Array | undefined,
  musicAt: number,
): void {
  const head = fullBox('mdhd', 0, (inside) => {
    zeros(inside, 2)
    inside.u32be(sampleRate)
    inside.u32be(duration)
    inside.u16be(UNDETERMINED)
    inside.u16be(0)
  })
  const handler = fullBox('hdlr', 0, (inside) => {
    inside.u32be(0)
    inside.text('soun')
    zeros(inside, 3)
    inside.u8(0)
  })
  const data = box('dinf', (inside) => {
    inside.bytes(
      fullBox('dref', 0, (list) => {
        list.u32be(1)
        // In this very file.
        list.bytes(fullBox('url ', 1, () => undefined))
      }),
    )
  })
  const info = box('minf', (inside) => {
    inside.bytes(fullBox('smhd', 0, (sound) => zeros(sound, 1)))
    inside.bytes(data)
    inside.bytes(sampleTable(sampleRate, packets, description ?? USUAL_CONFIG, musicAt))
  })
  for (const each of [head, handler, info]) out.bytes(each)
}

const sampleTable = (
  sampleRate: number,
  packets: AacMusic['packets'],
  config: Uint8Array,
  musicAt: number,
): Uint8Array =>
  box('stbl', (out) => {
    const entry = box('mp4a', (inside) => {
      inside.bytes(new Uint8Array(6))
      inside.u16be(1)
      zeros(inside, 2)
      inside.u16be(SIDES)
      inside.u16be(16)
      inside.u32be(0)
      inside.u16be(sampleRate)
      inside.u16be(0)
      inside.bytes(fullBox('esds', 0, (es) => writeDescriptors(es, config)))
    })
    const list = (name: string, values: readonly number[]): Uint8Array =>
      fullBox(name, 0, (inside) => {
        for (const value of values) inside.u32be(value)
      })
    out.bytes(
      fullBox('stsd', 0, (inside) => {
        inside.u32be(1)
        inside.bytes(entry)
      }),
    )
    out.bytes(list('stts', [1, packets.length, FRAMES_A_PACKET]))
    // All of it is one chunk.
    out.bytes(list('stsc', [1, 1, packets.length, 1]))
    out.bytes(list('stsz', [0, packets.length, ...packets.map(({ bytes }) => bytes.length)]))
    out.bytes(list('stco', [1, musicAt]))
  })

/** Which decoder the packets need: MPEG-4 audio, and its own settings. */
function writeDescriptors(out: ByteWriter, config: Uint8Array): void {
  const DECODER_BYTES = 15 + config.length
  out.u8(0x03, 3 + 2 + DECODER_BYTES + 3)
  out.u16be(1)
  out.u8(0)
  out.u8(0x04, 13 + 2 + config.length)
  out.u8(0x40, 0x15, 0, 0, 0)
  zeros(out, 2)
  out.u8(0x05, config.length)
  out.bytes(config)
  out.u8(0x06, 1, 2)
}

/** Title, artist, comment, day and software, as players of music look for them. */
const userData = ({ title, artist, comment, date }: AudioTags): Uint8Array =>
  box('udta', (out) => {
    const said = [
      ['\u00a9nam', title],
      ['\u00a9ART', artist],
      ['\u00a9cmt', comment],
      ['\u00a9day', date],
      ['\u00a9too', SOFTWARE],
    ] as const
    out.bytes(
      fullBox('meta', 0, (meta) => {
        meta.bytes(
          fullBox('hdlr', 0, (handler) => {
            handler.u32be(0)
            handler.text('mdirappl')
            zeros(handler, 2)
            handler.u8(0)
          }),
        )
        meta.bytes(
          box('ilst', (list) => {
            for (const [name, text] of said)
              if (text !== '') list.bytes(box(name, (item) => item.bytes(value(text))))
          }),
        )
      }),
    )
  })

const value = (text: string): Uint8Array =>
  box('data', (out) => {
    out.u32be(UTF8)
    out.u32be(0)
    out.bytes(new TextEncoder().encode(text))
  })
