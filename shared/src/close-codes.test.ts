import { expect, test } from 'vitest'
import {
  CLOSE_CODES,
  closeCodeToVerdict,
  decodeRetryAfter,
  encodeRetryAfter,
} from './close-codes.ts'

test('codes from 4500 on are verdicts, and no others', () => {
  for (const [meaning, code] of Object.entries(CLOSE_CODES)) {
    expect(closeCodeToVerdict(code)).toBe(code >= 4500 ? meaning : undefined)
  }
  expect(closeCodeToVerdict(1006)).toBeUndefined()
})

test('no two meanings share a code', () => {
  const codes = Object.values(CLOSE_CODES)
  expect(new Set(codes).size).toBe(codes.length)
})

test.each([0, 1, 1500, 999_999])('decoding undoes encoding: %i ms', (ms) => {
  expect(decodeRetryAfter(encodeRetryAfter(ms))).toBe(ms)
})

test.each([
  '',
  'bye',
  'retry-after-ms=',
  'retry-after-ms=-1',
  'retry-after-ms=1e9',
  'retry-after-ms=99999999',
])('the reason %j names no time', (reason) => {
  expect(decodeRetryAfter(reason)).toBeUndefined()
})
