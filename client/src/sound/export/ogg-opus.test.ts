import { expect, test } from 'vitest'
import { createOggOpus } from './ogg-opus.ts'

const TAGS = { title: 'Küche', artist: 'ana', comment: '', date: '2026-11-26' }
const PRE_SKIP = 312

interface Page {
  readonly kind: number
  readonly granule: number
  readonly number: number
  readonly packets: readonly Uint8Array[]
}

/** As RFC 3533 has it; by long division, where ours uses a table. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0n
  for (const byte of bytes) {
    crc ^= BigInt(byte) << 24n
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1n
      if ((crc & 0x1_0000_0000n) !== 0n) crc ^= 0x1_04c1_1db7n
    }
  }
  return Number(crc)
}

function pagesIn(bytes: Uint8Array): readonly Page[] {
  const pages: Page[] = []
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < bytes.length;) {
    expect(String.fromCharCode(...bytes.subarray(at, at + 4))).toBe('OggS')
    const count = bytes[at + 26] ?? 0
    const lacing = bytes.subarray(at + 27, at + 27 + count)
    let from = at + 27 + count
    let length = 0
    const packets: Uint8Array[] = []
    for (const value of lacing) {
      length += value
      if (value === 255) continue
      packets.push(bytes.slice(from, from + length))
      from += length
      length = 0
    }
    const checked = bytes.slice(at, from)
    checked.fill(0, 22, 26)
    expect(view.getUint32(at + 22, true)).toBe(crcOf(checked))
    expect(view.getUint32(at + 14, true)).toBe(77)
    pages.push({
      kind: bytes[at + 5] ?? -1,
      granule: Number(view.getBigInt64(at + 6, true)),
      number: view.getUint32(at + 18, true),
      packets,
    })
    at = from
  }
  return pages
}

const joined = (parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]))

test('packets come out of the file as they went in, whatever their length, and the last frames are cut off', () => {
  const lengths = [
    1,
    254,
    255,
    256,
    510,
    400,
    0,
    ...Array.from({ length: 120 }, (_, at) => 300 + at),
  ]
  const packets = lengths.map((length, at) => new Uint8Array(length).fill(at))
  const ogg = createOggOpus(TAGS, PRE_SKIP, 77)
  for (const packet of packets) ogg.add(packet, 960)
  const frames = packets.length * 960 - PRE_SKIP - 500

  const [head, tags, ...music] = pagesIn(joined(ogg.finish(frames)))

  expect(music.flatMap((page) => page.packets)).toEqual(packets)
  expect([head, tags, ...music].map((page) => page?.number)).toEqual([
    ...Array(music.length + 2).keys(),
  ])
  expect([head?.kind, tags?.kind, music[0]?.kind, music.at(-1)?.kind]).toEqual([2, 0, 0, 4])
  expect(music.at(-1)?.granule).toBe(PRE_SKIP + frames)
  expect(music[0]?.granule).toBe((music[0]?.packets.length ?? 0) * 960)
  expect(head?.packets[0]?.subarray(8, 12)).toEqual(
    Uint8Array.of(1, 2, PRE_SKIP & 255, PRE_SKIP >> 8),
  )
})

test('it says title, artist and day', () => {
  const [, tags] = pagesIn(joined(createOggOpus(TAGS, PRE_SKIP, 77).finish(0)))

  const text = new TextDecoder().decode(tags?.packets[0])
  expect(text).toContain('TITLE=Küche')
  expect(text).toContain('ARTIST=ana')
  expect(text).not.toContain('COMMENT')
})
