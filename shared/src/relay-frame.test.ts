import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PeerId } from './ids.ts'
import { MAX_RELAY_PAYLOAD_BYTES } from './limits.ts'
import { encodeRelayFrame, parseRelayFrame, RELAY_HEADER_BYTES } from './relay-frame.ts'

const PEER = 'abcdefghijklmnopqrstuvwxyz' as PeerId
const peers = fc.stringMatching(/^[a-z2-7]{26}$/).map((id) => id as PeerId)
const urgencies = fc.constantFrom('wait' as const, 'drop' as const)
const payloads = fc.uint8Array({ minLength: 1, maxLength: 2_000 })

const frameOf = (payloadBytes: number): Uint8Array =>
  new Uint8Array([0, ...Buffer.from(PEER), ...new Uint8Array(payloadBytes)])

test('what is encoded is read back, byte by byte', () => {
  fc.assert(
    fc.property(urgencies, peers, payloads, (urgency, peer, payload) => {
      const frame = encodeRelayFrame({ urgency, peer, payload })

      expect(frame).toHaveLength(RELAY_HEADER_BYTES + payload.length)
      expect(parseRelayFrame(frame)).toEqual({ urgency, peer, payload })
    }),
  )
})

test('a frame is urgency, peer, payload, in this order', () => {
  const frame = encodeRelayFrame({ urgency: 'drop', peer: PEER, payload: Uint8Array.of(7, 8) })

  expect([...frame]).toEqual([1, ...Buffer.from(PEER), 7, 8])
})

test('hostile bytes are a frame or none, and never an exception', () => {
  const nearlyFrames = fc
    .tuple(fc.nat(255), fc.string({ maxLength: 30 }), fc.uint8Array({ maxLength: 40 }))
    .map(([urgency, peer, rest]) => new Uint8Array([urgency, ...Buffer.from(peer), ...rest]))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), nearlyFrames), (bytes) => {
      const read = parseRelayFrame(bytes)

      // What is read is what its bytes say, so that nothing has two spellings.
      if (read !== undefined) expect(encodeRelayFrame(read)).toEqual(bytes)
    }),
  )
})

test.each([
  ['no bytes', new Uint8Array(0)],
  ['an urgency nobody knows', Uint8Array.of(2, ...frameOf(1).subarray(1))],
  ['half a peer', frameOf(0).subarray(0, 20)],
  ['a peer of capitals', Uint8Array.from(frameOf(3), (byte) => (byte > 96 ? byte - 32 : byte))],
  ['no payload', frameOf(0)],
  ['a payload one byte too long', frameOf(MAX_RELAY_PAYLOAD_BYTES + 1)],
  ['the text of a message', Buffer.from('{"type":"leave"}'.padEnd(60))],
])('[SIG22] %s is no relayed frame', (_name, bytes) => {
  expect(parseRelayFrame(bytes)).toBeUndefined()
})

test('the longest payload passes; none and one byte more are our own mistake', () => {
  const encode = (bytes: number): Uint8Array =>
    encodeRelayFrame({ urgency: 'wait', peer: PEER, payload: new Uint8Array(bytes) })

  expect(parseRelayFrame(encode(MAX_RELAY_PAYLOAD_BYTES))?.payload).toHaveLength(17_408)
  expect(() => encode(0)).toThrow('1 to 17408 bytes, got 0')
  expect(() => encode(MAX_RELAY_PAYLOAD_BYTES + 1)).toThrow(RangeError)
})
