import { expect, test } from 'vitest'
import { decodeRawFrame, encodeRawFrame } from './raw-channel.ts'

test('a raw frame comes out as it went in, whatever its ballast', () => {
  const frame = { kind: 'pong', number: 70_000, atMs: 1234.5678 } as const

  for (const size of [0, 13, 200]) {
    expect(decodeRawFrame(encodeRawFrame(frame, size).buffer)).toEqual(frame)
  }
})

test('a raw frame is as long as asked', () => {
  const frame = { kind: 'payload', number: 1, atMs: 0 } as const

  expect(encodeRawFrame(frame, 87)).toHaveLength(87)
})

test('a frame of an unknown kind is refused', () => {
  expect(() => decodeRawFrame(new Uint8Array(13).fill(9).buffer)).toThrow(RangeError)
})
