import { createByteWriter } from './bytes.ts'
import { SOFTWARE, type AudioTags } from './file-types.ts'

/** Opus counts in frames of 48 kHz, whatever it was made of. */
const OPUS_RATE = 48_000
const SIDES = 2
const FIRST_PAGE = 2
const LAST_PAGE = 4
const MOST_SEGMENTS = 255
/** A page a second: what a reader looks through to find a place. */
const PACKETS_A_PAGE = 50

/** Puts packets of Opus into an Ogg file (RFC 7845, RFC 3533). */
export interface OggOpus {
  /** @param frames  that the packet decodes to, at 48 kHz */
  add(packet: Uint8Array, frames: number): void
  /** @param frames  of the music, at 48 kHz; what packets have beyond it is cut off */
  finish(frames: number): readonly Uint8Array<ArrayBuffer>[]
}

/** @param preSkip  frames that the decoder throws away at the front */
export function createOggOpus(tags: AudioTags, preSkip: number, serial: number): OggOpus {
  const pages: Uint8Array<ArrayBuffer>[] = []
  const waiting: Uint8Array[] = []
  let decoded = 0
  const put = (packets: readonly Uint8Array[], granule: number, kind: number): void => {
    pages.push(pageOf(packets, { granule, kind, serial, number: pages.length }))
  }
  put([headPacket(preSkip)], 0, FIRST_PAGE)
  put([tagsPacket(tags)], 0, 0)

  const segments = (packets: readonly Uint8Array[]): number =>
    packets.reduce((sum, packet) => sum + segmentsOf(packet), 0)
  return {
    add(packet, frames) {
      const isFull =
        waiting.length === PACKETS_A_PAGE || segments(waiting) + segmentsOf(packet) > MOST_SEGMENTS
      if (isFull) put(waiting.splice(0), decoded, 0)
      waiting.push(packet)
      decoded += frames
    },
    finish(frames) {
      put(waiting.splice(0), Math.min(decoded, preSkip + frames), LAST_PAGE)
      return pages
    },
  }
}

const segmentsOf = ({ length }: Uint8Array): number => Math.floor(length / 255) + 1

function headPacket(preSkip: number): Uint8Array {
  const head = createByteWriter()
  head.text('OpusHead')
  head.u8(1, SIDES)
  head.u16(preSkip)
  head.u32(OPUS_RATE)
  // No gain, and the two sides in their usual order.
  head.u16(0)
  head.u8(0)
  return head.done()
}

function tagsPacket({ title, artist, comment, date }: AudioTags): Uint8Array {
  const said = [
    ['TITLE', title],
    ['ARTIST', artist],
    ['COMMENT', comment],
    ['DATE', date],
  ].filter(([, text]) => text !== '')
  const packet = createByteWriter()
  const put = (text: string): void => {
    const bytes = new TextEncoder().encode(text)
    packet.u32(bytes.length)
    packet.bytes(bytes)
  }
  packet.text('OpusTags')
  put(SOFTWARE)
  packet.u32(said.length)
  for (const [name, text] of said) put(`${name ?? ''}=${text ?? ''}`)
  return packet.done()
}

interface PageHead {
  /** Frames decoded by its end, those that are thrown away included. */
  readonly granule: number
  readonly kind: number
  readonly serial: number
  readonly number: number
}

function pageOf(
  packets: readonly Uint8Array[],
  { granule, kind, serial, number }: PageHead,
): Uint8Array<ArrayBuffer> {
  const lacing = packets.flatMap((packet) => [
    ...Array.from({ length: segmentsOf(packet) - 1 }, () => 255),
    packet.length % 255,
  ])
  const page = createByteWriter()
  page.text('OggS')
  page.u8(0, kind)
  page.u64(granule)
  page.u32(serial)
  page.u32(number)
  page.u32(0)
  page.u8(lacing.length, ...lacing)
  for (const packet of packets) page.bytes(packet)
  const bytes = page.done()
  new DataView(bytes.buffer).setUint32(CRC_AT, crcOf(bytes), true)
  return bytes
}

const CRC_AT = 22
const POLYNOMIAL = 0x04c1_1db7

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24
  for (let bit = 0; bit < 8; bit++) rest = rest < 0 ? (rest << 1) ^ POLYNOMIAL : rest << 1
  return rest
})

/** Ogg's own: the greatest bit first, nothing inverted. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) crc = (crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)
  return crc >>> 0
}
