import { expect, test } from 'vitest'
import { bytesToBase32 } from './base32.ts'

// The vectors of RFC 4648 section 10, lower-case and without padding.
test.each([
  ['', ''],
  ['f', 'my'],
  ['fo', 'mzxq'],
  ['foo', 'mzxw6'],
  ['foob', 'mzxw6yq'],
  ['fooba', 'mzxw6ytb'],
  ['foobar', 'mzxw6ytboi'],
])('%j is written %j', (text, expected) => {
  expect(bytesToBase32(Buffer.from(text))).toBe(expected)
})

test('high bytes are written like low ones', () => {
  expect(bytesToBase32(new Uint8Array(32).fill(255))).toBe(`${'7'.repeat(51)}q`)
})
