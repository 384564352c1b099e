import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64url, encodeBase64url } from './base64url.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { open, seal } from './seal.ts'

const { profileKey, signalKey } = await deriveRoomKeys(createRoomSecret())

test('text comes out as it went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      expect(await open(profileKey, await seal(profileKey, text, 'profile'), 'profile')).toBe(text)
    }),
    { numRuns: 50 },
  )
})

test('the same text is never sealed the same way twice', async () => {
  const [first, second] = [await seal(profileKey, 'ana', ''), await seal(profileKey, 'ana', '')]

  expect(first).not.toBe(second)
})

test('any byte changed makes it unreadable', async () => {
  const sealed = decodeBase64url(await seal(profileKey, 'ana', 'profile')) ?? new Uint8Array()

  const opened = await Promise.all(
    [...sealed.keys()].map((at) => {
      const changed = sealed.with(at, (sealed[at] ?? 0) ^ 1)
      return open(profileKey, encodeBase64url(changed), 'profile')
    }),
  )

  expect(opened.every((text) => text === undefined)).toBe(true)
})

test('[LINK2] what was sealed for one pair or use is refused for another', async () => {
  const sealed = await seal(signalKey, 'offer', 'signal|ana|bo')

  expect(await open(signalKey, sealed, 'signal|ana|cy')).toBeUndefined()
  expect(await open(signalKey, sealed, 'signal|bo|ana')).toBeUndefined()
  expect(await open(profileKey, sealed, 'signal|ana|bo')).toBeUndefined()
  expect(await open(signalKey, sealed, 'signal|ana|bo')).toBe('offer')
})

test.each(['', 'A', 'AAAA', 'not base64url!', '=='.repeat(20), 'A'.repeat(37), 'Ü'.repeat(50)])(
  'junk (%s) does not open and throws nothing',
  async (junk) => {
    expect(await open(profileKey, junk, '')).toBeUndefined()
  },
)

test('bytes survive base64url in every length', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect([...(decodeBase64url(encodeBase64url(bytes)) ?? [])]).toEqual([...bytes])
    }),
  )
  const long = new Uint8Array(100_000).fill(251)
  expect(decodeBase64url(encodeBase64url(long))).toEqual(long)
})
