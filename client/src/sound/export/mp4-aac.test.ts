import { expect, test } from 'vitest'
import { createMp4Aac } from './mp4-aac.ts'

const TAGS = { title: 'Küche', artist: 'ana', comment: '', date: '2026-11-26' }
/** Boxes that hold boxes, and how many bytes stand before those. */
const HOLDERS: Readonly<Record<string, number>> = {
  moov: 0,
  trak: 0,
  mdia: 0,
  minf: 0,
  stbl: 0,
  udta: 0,
  meta: 4,
  ilst: 0,
  stsd: 8,
  mp4a: 28,
}

/** What stands in each box, by its path, as a reader finds it. */
function boxesIn(bytes: Uint8Array, path = ''): ReadonlyMap<string, Uint8Array> {
  const boxes = new Map<string, Uint8Array>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length;) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > bytes.length) throw new Error(`a box in ${path} of ${size} bytes`)
    const name = new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8))
    const inside = bytes.subarray(at + 8, at + size)
    boxes.set(path + name, inside)
    const skipped = HOLDERS[name]
    if (skipped !== undefined) {
      for (const [key, value] of boxesIn(inside.subarray(skipped), `${path}${name}/`)) {
        boxes.set(key, value)
      }
    }
    at += size
  }
  return boxes
}

test('every packet is found where the list says, and the music is as long as it was', async () => {
  const packets = [100, 7, 300, 1].map((length, at) => ({
    bytes: new Uint8Array(length).fill(at + 1),
  }))
  const config = Uint8Array.of(0x11, 0x90, 0x56)
  const frames = 3 * 1024 + 5
  const file = createMp4Aac({
    packets,
    tags: TAGS,
    description: config,
    frames,
    sampleRate: 48_000,
  })

  const bytes = new Uint8Array(await file.arrayBuffer())

  const boxes = boxesIn(bytes)
  const table = 'moov/trak/mdia/minf/stbl'
  const words = (path: string): readonly number[] => {
    const box = boxes.get(path) ?? new Uint8Array()
    const view = new DataView(box.buffer, box.byteOffset, box.byteLength)
    return Array.from({ length: Math.floor(box.length / 4) }, (_, at) => view.getUint32(at * 4))
  }
  const [, one, count, ...sizes] = words(`${table}/stsz`)
  let at = words(`${table}/stco`)[2] ?? 0
  const found = sizes.map((size) => bytes.slice(at, (at += size)))
  expect([one, count]).toEqual([0, 4])
  expect(found).toEqual(packets.map((packet) => packet.bytes))
  expect(words('moov/trak/mdia/mdhd').slice(3, 5)).toEqual([48_000, frames])
  expect([...(boxes.get(`${table}/stsd/mp4a/esds`) ?? [])].join()).toContain([...config].join())
})

test('it says what it is, by whom and from when', async () => {
  const file = createMp4Aac({
    packets: [],
    tags: TAGS,
    description: undefined,
    frames: 0,
    sampleRate: 48_000,
  })

  const boxes = boxesIn(new Uint8Array(await file.arrayBuffer()))

  const list = 'moov/udta/meta/ilst'
  const said = (name: string): string =>
    new TextDecoder().decode(boxes.get(`${list}/${name}`)?.subarray(16))
  expect([said('©nam'), said('©ART'), said('©day'), said('©too')]).toEqual([
    'Küche',
    'ana',
    '2026-11-26',
    'Beatcord',
  ])
  expect(boxes.has(`${list}/©cmt`)).toBe(false)
})
