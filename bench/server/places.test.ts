import { expect, test } from 'vitest'
import { addressOf, keyOf, socketsWithin, wayOf } from './places.ts'

test('no address has more than 300 of 9,900 sockets', () => {
  const counts = new Map<string, number>()
  for (let place = 0; place < 9900; place++) {
    counts.set(addressOf(place), (counts.get(addressOf(place)) ?? 0) + 1)
  }

  expect(Math.max(...counts.values())).toBeLessThanOrEqual(300)
})

test('rooms have different keys of 32 bytes', () => {
  expect(keyOf(1)).not.toBe(keyOf(2))
  expect(Buffer.from(keyOf(70_000), 'base64url')).toHaveLength(32)
})

test('signals stay in their room, go to somebody else, and use all rooms in turn', () => {
  const ways = Array.from({ length: 12 }, (_, seq) => wayOf(seq, 12))

  expect(ways.slice(0, 4)).toEqual([
    { from: 0, to: 1 },
    { from: 4, to: 5 },
    { from: 8, to: 9 },
    { from: 1, to: 2 },
  ])
  expect(ways.at(-1)).toEqual({ from: 11, to: 8 })
})

test('a limit of open files leaves whole rooms', () => {
  expect(socketsWithin(20_000, 9900)).toBe(9900)
  expect(socketsWithin(1026, 9900)).toBe(824)
  expect(socketsWithin(Infinity, 9900)).toBe(9900)
})
