import { expect, test } from 'vitest'
import { isPeerId, isRoomId } from './ids.ts'

const PEER = 'abcdefghijklmnopqrstuvwx27'

test('a peer id is 26 characters of base32, a room id 52', () => {
  expect(isPeerId(PEER)).toBe(true)
  expect(isRoomId(PEER + PEER)).toBe(true)
})

test.each([
  undefined,
  null,
  26,
  [PEER],
  '',
  `${PEER}a`,
  PEER.toUpperCase(),
  `${PEER}\n`,
  `1${PEER.slice(1)}`,
])('%j is no id', (value) => {
  expect(isPeerId(value)).toBe(false)
  expect(isRoomId(value)).toBe(false)
})
