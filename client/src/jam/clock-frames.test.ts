import { expect, test } from 'vitest'
import { type ClockFrame, decodeClockFrame, encodeClockFrame } from './clock-frames.ts'

const PONG: Extract<ClockFrame, { kind: 'pong' }> = {
  kind: 'pong',
  sentMs: 1e6 + 0.125,
  nonce: 77,
  echoMs: 12.25,
  receivedMs: 1e6,
  beacon: {
    sessionId: '0123456789abcdef',
    bornAtMs: 1.7e12,
    localMs: 99,
    sharedMs: 1.7e12 + 5,
    rate: -0.001,
  },
}

/** A pong with one of its numbers replaced. */
function forged(index: number, value: number): Uint8Array {
  const bytes = encodeClockFrame(PONG)
  new DataView(bytes.buffer).setFloat64(13 + index * 8, value)
  return bytes
}

test('[CLK1] frames survive the way', () => {
  const ping = { kind: 'ping', sentMs: 3.5, nonce: 0xffffffff } as const
  expect(decodeClockFrame(encodeClockFrame(ping))).toEqual(ping)
  expect(decodeClockFrame(encodeClockFrame(PONG))).toEqual(PONG)
  const unsynced = { ...PONG, beacon: { ...PONG.beacon, sessionId: '' } }
  expect(decodeClockFrame(encodeClockFrame(unsynced))).toEqual(unsynced)
})

test.each([
  ['nothing', new Uint8Array(0)],
  ['an unknown kind', new Uint8Array(13).fill(9)],
  ['a short ping', Uint8Array.from([1, 2])],
  ['a ping at no time', encodeClockFrame({ kind: 'ping', sentMs: NaN, nonce: 1 })],
  ['a long pong', new Uint8Array(70).fill(2)],
  ['times that are not finite', forged(1, Infinity)],
  ['a time in the far future', forged(4, 1e20)],
  ['a rate that is none', forged(5, NaN)],
  ['a rate no clock has', forged(5, 0.5)],
])('[CLK1] %s is refused', (_what, bytes) => {
  expect(decodeClockFrame(bytes)).toBeUndefined()
})

test('[CLK1] a frame that lies within a larger buffer is read where it lies', () => {
  const whole = new Uint8Array(100)
  whole.set(encodeClockFrame(PONG), 20)

  expect(decodeClockFrame(whole.subarray(20, 89))).toEqual(PONG)
})
