import { expect, test } from 'vitest'
import type { RoomId } from '@beatcord/shared'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { sealBytes } from './seal.ts'
import { MAX_SLOT_CONTENTS_BYTES, openSlot, sealSlot } from './slot-envelope.ts'

const { slotKey } = await deriveRoomKeys(createRoomSecret())
const { slotKey: otherKey, profileKey } = await deriveRoomKeys(createRoomSecret())
const GARAGE = 'g'.repeat(52) as RoomId
const CELLAR = 'c'.repeat(52) as RoomId
const place = { roomId: GARAGE, version: 3 }
const text = (words: string): Uint8Array => new TextEncoder().encode(words)
const contents = {
  savedMs: 1_790_000_000_000,
  parts: [
    { name: 'song', bytes: text('all the notes') },
    { name: 'history', bytes: text('') },
    { name: 'history', bytes: text('a moment') },
  ],
}

/** Something that a holder of the key sealed and packed. */
async function sealedOf(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const packed = new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip')))
  const context = `slot ${GARAGE} ${String(place.version)}`
  return sealBytes(slotKey, new Uint8Array(await packed.arrayBuffer()), context)
}

test('[SLOT10] what was put in comes out, part by part', async () => {
  const sealed = await sealSlot(slotKey, place, contents)

  expect(await openSlot(slotKey, place, sealed)).toEqual(contents)
})

test('[SLOT10] it opens with no other key, in no other room and as no other version', async () => {
  const sealed = await sealSlot(slotKey, place, contents)

  expect(await openSlot(otherKey, place, sealed)).toBeUndefined()
  expect(await openSlot(profileKey, place, sealed)).toBeUndefined()
  expect(await openSlot(slotKey, { roomId: CELLAR, version: 3 }, sealed)).toBeUndefined()
  expect(await openSlot(slotKey, { roomId: GARAGE, version: 4 }, sealed)).toBeUndefined()
})

test('[SLOT10] no word of it can be read without the key', async () => {
  const sealed = await sealSlot(slotKey, place, contents)

  const shown = Buffer.from(sealed).toString('latin1')
  for (const word of ['notes', 'song', 'history', 'moment', GARAGE])
    expect(shown).not.toContain(word)
})

test('[SLOT10] it is packed before it is sealed', async () => {
  const bytes = new Uint8Array(1_000_000).fill(7)

  const sealed = await sealSlot(slotKey, place, { savedMs: 0, parts: [{ name: 'song', bytes }] })

  expect(sealed.length).toBeLessThan(10_000)
})

test('[SLOT10] what grows beyond the largest contents when it is unpacked is none', async () => {
  const sealed = await sealedOf(new Uint8Array(4 * MAX_SLOT_CONTENTS_BYTES))
  const before = process.memoryUsage().rss

  expect(await openSlot(slotKey, place, sealed)).toBeUndefined()

  expect(process.memoryUsage().rss - before).toBeLessThan(3 * MAX_SLOT_CONTENTS_BYTES)
})

test('[SLOT10] one flipped bit, a missing end or nothing at all: none', async () => {
  const sealed = await sealSlot(slotKey, place, contents)
  const flipped = sealed.with(sealed.length >> 1, (sealed[sealed.length >> 1] ?? 0) ^ 1)

  for (const bytes of [flipped, sealed.subarray(0, -1), sealed.subarray(0, 20), new Uint8Array(0)])
    expect(await openSlot(slotKey, place, bytes)).toBeUndefined()
})

function withIndex(
  index: unknown,
  body: Uint8Array = new Uint8Array(0),
  format = 1,
): Uint8Array<ArrayBuffer> {
  const json = text(typeof index === 'string' ? index : JSON.stringify(index))
  const all = new Uint8Array(5 + json.length + body.length)
  all[0] = format
  new DataView(all.buffer).setUint32(1, json.length)
  all.set(json, 5)
  all.set(body, 5 + json.length)
  return all
}

test.each([
  ['another format', withIndex({ savedMs: 1, parts: [] }, undefined, 2)],
  ['no JSON', withIndex('{')],
  ['null', withIndex(null)],
  ['no time', withIndex({ parts: [] })],
  ['a time that is none', withIndex({ savedMs: -1, parts: [] })],
  ['parts that are no list', withIndex({ savedMs: 1, parts: {} })],
  ['a part without a name', withIndex({ savedMs: 1, parts: [['', 0]] })],
  ['a part of no size', withIndex({ savedMs: 1, parts: [['song', -1]] })],
  ['a part longer than there is', withIndex({ savedMs: 1, parts: [['song', 9]] }, text('four'))],
  ['more than the parts', withIndex({ savedMs: 1, parts: [['song', 1]] }, text('four'))],
  [
    'a crowd of parts',
    withIndex({ savedMs: 1, parts: Array.from({ length: 513 }, () => ['a', 0]) }),
  ],
  ['an index longer than there is', new Uint8Array([1, 0, 0, 1, 0, 1])],
  ['a stub', new Uint8Array([1])],
])('[SLOT10] %s in it: none, and nothing throws', async (_, bytes) => {
  expect(await openSlot(slotKey, place, await sealedOf(bytes))).toBeUndefined()
})
