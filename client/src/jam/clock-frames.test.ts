import { expect, test } from 'vitest'
import { type AnswerFrame, decodeClockFrame, encodeClockFrame } from './clock-frames.ts'

const PONG: AnswerFrame = {
  kind: 'pong',
  nonce: 0xfffffffe,
  echoMs: 1e6 + 0.125,
  receivedMs: 1e6 + 0.25,
  beacon: {
    sessionId: '0123456789abcdef',
    bornAtMs: 1.7e12,
    localMs: 99,
    sharedMs: 1.7e12 + 5,
    rate: -0.001,
    slew: 0.0005,
    leantMs: -1.5,
    isSettled: true,
    members: 7,
  },
}
const PING = { kind: 'ping', nonce: 3 } as const

/** As the lane sends it at that moment. */
function sent(frame: Uint8Array, sentMs = 12.25): Uint8Array {
  new DataView(frame.buffer).setFloat64(1, sentMs)
  return frame
}

/** A pong with one of its numbers replaced. */
function forged(index: number, value: number): Uint8Array {
  const bytes = sent(encodeClockFrame(PONG))
  new DataView(bytes.buffer).setFloat64(13 + index * 8, value)
  return bytes
}

/** A pong with one of its bytes replaced. */
function withByte(at: number, value: number): Uint8Array {
  const bytes = sent(encodeClockFrame(PONG))
  bytes[at] = value
  return bytes
}

test('[CLK1] frames survive the way, and say when they were sent', () => {
  expect(decodeClockFrame(sent(encodeClockFrame(PING)))).toEqual({ ...PING, sentMs: 12.25 })
  expect(decodeClockFrame(sent(encodeClockFrame(PONG)))).toEqual({ ...PONG, sentMs: 12.25 })
  const fin = { ...PONG, kind: 'fin', beacon: { ...PONG.beacon, sessionId: '' } } as const
  expect(decodeClockFrame(sent(encodeClockFrame(fin)))).toEqual({ ...fin, sentMs: 12.25 })
})

test.each([
  ['nothing', new Uint8Array(0)],
  ['an unknown kind', new Uint8Array(13).fill(9)],
  ['a short ping', Uint8Array.from([1, 2])],
  ['a ping as long as an answer', withByte(0, 1)],
  ['an answer as short as a ping', new Uint8Array(13).fill(2)],
  ['a ping sent at no time', sent(encodeClockFrame(PING), NaN)],
  ['a long pong', new Uint8Array(96).fill(2)],
  ['times that are not finite', forged(1, Infinity)],
  ['a time in the far future', forged(4, 1e20)],
  ['a rate that is none', forged(5, NaN)],
  ['a rate no clock has', forged(5, 0.5)],
  ['a slew no clock has', forged(6, -0.5)],
  ['a room of nobody', withByte(94, 0)],
  ['neither settled nor not', withByte(93, 2)],
])('[CLK1] %s is refused', (_what, bytes) => {
  expect(decodeClockFrame(bytes)).toBeUndefined()
})

test('[CLK1] a frame that lies within a larger buffer is read where it lies', () => {
  const frame = sent(encodeClockFrame(PONG))
  const whole = new Uint8Array(150)
  whole.set(frame, 20)

  expect(decodeClockFrame(whole.subarray(20, 20 + frame.length))).toEqual({
    ...PONG,
    sentMs: 12.25,
  })
})
