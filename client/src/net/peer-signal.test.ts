import { expect, test } from 'vitest'
import { parsePeerSignal } from './peer-signal.ts'
import type { SentSignal } from './peer-signal.ts'

const page = 'abcdefghijklmnop'
const seq = 7
const attempt = { page, n: 3 }
const candidate = {
  candidate: 'candidate:1 1 udp 1 10.0.0.1 9 typ host',
  sdpMid: '0',
  sdpMLineIndex: 0,
}
const offer = { kind: 'wire', page, seq, attempt, signal: { type: 'offer', sdp: 'v=0' } }

test.each<SentSignal>([
  { kind: 'wire', page, seq, attempt, signal: { type: 'offer', sdp: 'v=0' } },
  { kind: 'wire', page, seq, attempt, signal: { type: 'answer', sdp: '' } },
  { kind: 'wire', page, seq, attempt, signal: { type: 'candidate', candidate } },
  {
    kind: 'wire',
    page,
    seq,
    attempt,
    signal: { type: 'candidate', candidate: { candidate: '', sdpMid: null, sdpMLineIndex: null } },
  },
  { kind: 'wire', page, seq, attempt, signal: { type: 'renegotiate' } },
  { kind: 'please', page, seq },
  { kind: 'please', page, seq, last: attempt },
])('a signal is read as it was written: %j', (signal) => {
  expect(parsePeerSignal(JSON.stringify(signal))).toEqual(signal)
})

test.each([
  ['nothing', ''],
  ['not JSON', '{"kind":'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '5'],
  ['deep nesting', '['.repeat(15_000)],
  ['no kind', JSON.stringify({ page })],
  ['an unknown kind', JSON.stringify({ ...offer, kind: 'constructor' })],
  ['no page', JSON.stringify({ ...offer, page: undefined })],
  ['a page too long', JSON.stringify({ ...offer, page: `${page}x` })],
  ['a page of capitals', JSON.stringify({ ...offer, page: page.toUpperCase() })],
  ['no number', JSON.stringify({ ...offer, seq: undefined })],
  ['a negative number', JSON.stringify({ ...offer, seq: -1 })],
  ['no attempt', JSON.stringify({ ...offer, attempt: undefined })],
  ['an attempt of no page', JSON.stringify({ ...offer, attempt: { n: 1 } })],
  ['a negative attempt', JSON.stringify({ ...offer, attempt: { page, n: -1 } })],
  ['half an attempt', JSON.stringify({ ...offer, attempt: { page, n: 1.5 } })],
  ['an attempt beyond count', JSON.stringify({ ...offer, attempt: { page, n: 1e300 } })],
  ['no signal', JSON.stringify({ ...offer, signal: null })],
  ['a signal of no type', JSON.stringify({ ...offer, signal: { sdp: 'v=0' } })],
  ['an offer without words', JSON.stringify({ ...offer, signal: { type: 'offer' } })],
  ['an offer of a number', JSON.stringify({ ...offer, signal: { type: 'offer', sdp: 7 } })],
  [
    'an offer too long',
    JSON.stringify({ ...offer, signal: { type: 'offer', sdp: 'v'.repeat(10_001) } }),
  ],
  ['a rollback', JSON.stringify({ ...offer, signal: { type: 'rollback', sdp: '' } })],
  [
    'a request for media',
    JSON.stringify({ ...offer, signal: { type: 'transceiverRequest', transceiverRequest: {} } }),
  ],
  ['no candidate', JSON.stringify({ ...offer, signal: { type: 'candidate' } })],
  [
    'a candidate that is a text',
    JSON.stringify({ ...offer, signal: { type: 'candidate', candidate: 'x' } }),
  ],
  [
    'a candidate too long',
    JSON.stringify({
      ...offer,
      signal: { type: 'candidate', candidate: { candidate: 'c'.repeat(1001) } },
    }),
  ],
  [
    'a candidate of a wrong line',
    JSON.stringify({
      ...offer,
      signal: { type: 'candidate', candidate: { ...candidate, sdpMLineIndex: '0' } },
    }),
  ],
  ['a please with half an attempt', JSON.stringify({ kind: 'please', page, seq, last: { page } })],
  ['a foreign prototype', '{"__proto__":{"kind":"please","page":"abcdefghijklmnop"}}'],
])('%s is no signal, and nothing is thrown', (_, text) => {
  expect(parsePeerSignal(text)).toBeUndefined()
})
