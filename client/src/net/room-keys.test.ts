import { expect, test, vi } from 'vitest'
import { createRoomSecret, deriveRoomKeys, InsecurePageError } from './room-keys.ts'
import { open, seal } from './seal.ts'

const secret = (byte: number): Uint8Array => new Uint8Array(16).fill(byte)

test('everyone with the secret derives the same keys', async () => {
  const [ana, bo] = [await deriveRoomKeys(secret(1)), await deriveRoomKeys(secret(1))]

  expect(ana.authKey).toBe(bo.authKey)
  expect(ana.authKey).toMatch(/^[\w-]{43}$/)
  expect(await open(bo.profileKey, await seal(ana.profileKey, 'hi', ''), '')).toBe('hi')
  expect(await open(bo.signalKey, await seal(ana.signalKey, 'hi', ''), '')).toBe('hi')
})

test('another secret opens nothing', async () => {
  const [ana, bo] = [await deriveRoomKeys(secret(1)), await deriveRoomKeys(secret(2))]

  expect(bo.authKey).not.toBe(ana.authKey)
  expect(await open(bo.signalKey, await seal(ana.signalKey, 'hi', ''), '')).toBeUndefined()
})

test('an open room is found under every spelling of its name, and under no other name', async () => {
  const keys = await Promise.all(
    ['café', 'cafe\u0301', 'ｃafé', 'cafe'].map((name) => deriveRoomKeys({ name })),
  )

  const [composed, decomposed, wide, plain] = keys.map(({ authKey }) => authKey)
  expect(decomposed).toBe(composed)
  expect(wide).toBe(composed)
  expect(plain).not.toBe(composed)
})

test('no name leads to a private room', async () => {
  const bytes = new TextEncoder().encode('sixteen letters!')

  const [hidden, named] = [
    await deriveRoomKeys(bytes),
    await deriveRoomKeys({ name: 'sixteen letters!' }),
  ]

  expect(hidden.authKey).not.toBe(named.authKey)
})

test('secrets are 16 random bytes', async () => {
  const [first, second] = [createRoomSecret(), createRoomSecret()]

  expect(first).toHaveLength(16)
  expect(first).not.toEqual(second)
  await expect(deriveRoomKeys(first.subarray(1))).rejects.toThrow(RangeError)
  await expect(deriveRoomKeys({ name: '' })).rejects.toThrow(RangeError)
})

test('a page that may not encrypt is told so', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })

  await expect(deriveRoomKeys(secret(1))).rejects.toThrow(InsecurePageError)
  // At once: the next file of this worker derives keys before its first test.
  vi.unstubAllGlobals()
})
