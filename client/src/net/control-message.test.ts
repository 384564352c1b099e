import type { PeerId } from '@beatcord/shared'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeDocMessage, parseDocMessage } from './control-message.ts'
import type { DocMessage } from './control-message.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
const ascii = (kind: number, text: string): Uint8Array => Uint8Array.of(kind, ...Buffer.from(text))

test.each<DocMessage>([
  { kind: 'user', bytes: new Uint8Array(0) },
  { kind: 'user', bytes: Uint8Array.of(1, 2, 3) },
  { kind: 'reach', peers: [] },
  { kind: 'reach', peers: [ANA, BO] },
  { kind: 'pass', peer: BO, sealed: 'AAAA' },
  { kind: 'passed', peer: ANA, sealed: 'x'.repeat(16_384) },
  { kind: 'secret', bytes: new Uint8Array(32).fill(7) },
  { kind: 'cut', code: 'too-fast' },
])('a message is read as it was written: $kind', (message) => {
  expect(parseDocMessage(encodeDocMessage(message))).toEqual(message)
})

test.each([
  ['nothing', new Uint8Array(0)],
  ['no kind that we know', Uint8Array.of(6)],
  ['half a peer', ascii(1, 'a'.repeat(25))],
  ['a peer of capitals', ascii(1, 'A'.repeat(26))],
  ['a reach of 65', ascii(1, 'a'.repeat(26 * 65))],
  ['a pass without a signal', ascii(2, ANA)],
  ['a pass for nobody', ascii(2, 'AAAA')],
  ['a signal one too long', ascii(3, ANA + 'x'.repeat(16_385))],
  ['a signal that is not base64url', ascii(3, `${ANA}<b>`)],
  ['a short secret', Uint8Array.of(4, 1, 2)],
  ['a long secret', new Uint8Array(34).fill(4)],
  ['a code of capitals', ascii(5, 'TOO-FAST')],
  ['a code too long', ascii(5, 'x'.repeat(41))],
  ['no code', ascii(5, '')],
])('[LINK9] %s is refused', (_, encoded) => {
  expect(parseDocMessage(encoded)).toBeUndefined()
})

test('whatever bytes come, they are a message or refused, and a message has one spelling', () => {
  const nearly = fc
    .tuple(fc.nat(7), fc.stringMatching(/^[a-z2-7]{0,60}$/))
    .map(([kind, text]) => ascii(kind, text))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), nearly), (bytes) => {
      const message = parseDocMessage(bytes)
      if (message !== undefined) expect([...encodeDocMessage(message)]).toEqual([...bytes])
    }),
    { numRuns: 2000 },
  )
})
