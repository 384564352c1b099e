import { expect, test } from 'vitest'
import { gunzip, gzip } from './gzip.ts'

const bytesOf = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (index * index) % 251)

test.each([0, 1, 200_000])('%i bytes come back as they were', async (length) => {
  const bytes = bytesOf(length)

  expect(await gunzip(await gzip(bytes), length)).toEqual(bytes)
})

test('what would become more than it may is nothing, however small it is packed', async () => {
  const bomb = await gzip(new Uint8Array(10_000_000))

  expect(bomb.length).toBeLessThan(20_000)
  expect(await gunzip(bomb, 9_999_999)).toBeUndefined()
  expect((await gunzip(bomb, 10_000_000))?.length).toBe(10_000_000)
})

test('what is not packed, cut short or damaged is nothing', async () => {
  const packed = await gzip(bytesOf(5000))
  const damaged = packed.slice()
  damaged[packed.length >> 1] = (damaged[packed.length >> 1] ?? 0) ^ 255

  for (const wrong of [bytesOf(500), packed.slice(0, -20), damaged]) {
    expect(await gunzip(wrong, 10_000)).toBeUndefined()
  }
})
