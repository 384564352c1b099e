import { expect, test } from 'vitest'
import { GOOD_CLIENT_MESSAGES, HOSTILE_FRAMES } from './hostile-frames.ts'
import { MAX_DETAIL_CHARS, MAX_SEALED_CHARS, MAX_SIGNAL_CHARS } from './limits.ts'
import { parseClientMessage, parseServerMessage } from './parse-signal.ts'
import { PROTOCOL_VERSION } from './signal.ts'

const PEER = 'abcdefghijklmnopqrstuvwxyz'
const KEY = 'A'.repeat(43)
const CERTIFICATE = 'e30.e30.AA'
const RULES = { door: 'open', newcomers: 'player' }
const SEAT = { peerId: PEER, proof: KEY, certificate: CERTIFICATE }
const ANA = { peerId: PEER, presence: 'here', role: 'host', sealed: '' }

const WELCOME = {
  type: 'welcome',
  version: PROTOCOL_VERSION,
  seat: SEAT,
  role: 'player',
  rules: RULES,
  roster: [ANA],
  iceServers: [{ urls: ['stun:localhost:3478'] }, { urls: 'turn:localhost', username: 'a' }],
  inactivityTimeoutMs: 1,
  relay: true,
  serverId: 'one',
}

const GOOD_SERVER_MESSAGES: Readonly<Record<string, object>> = {
  welcome: WELCOME,
  'ice-servers': { type: 'ice-servers', iceServers: [{ urls: 'stun:localhost' }] },
  relayed: { type: 'relayed', to: PEER, bytes: 16_384 },
  knocking: { type: 'knocking' },
  seat: { type: 'seat', seat: SEAT, role: 'listener' },
  rules: { type: 'rules', rules: RULES },
  certificate: { type: 'certificate', certificate: CERTIFICATE },
  knock: { type: 'knock', peerId: PEER, sealed: '' },
  'knock-over': { type: 'knock-over', peerId: PEER },
  'peer-joined': { type: 'peer-joined', peer: ANA },
  'peer-changed': { type: 'peer-changed', peer: { ...ANA, presence: 'away' } },
  'peer-gone': { type: 'peer-gone', peerId: PEER, reason: 'timeout' },
  signal: { type: 'signal', from: PEER, data: '' },
  refused: { type: 'refused', code: 'room-full', detail: 'full', roomCap: 20 },
}

test.each(Object.entries(GOOD_CLIENT_MESSAGES))('a good %s is read whole', (_kind, message) => {
  expect(parseClientMessage(JSON.stringify(message))).toEqual({ ok: true, message })
})

test.each(Object.entries(GOOD_SERVER_MESSAGES))('a good %s is read whole', (_kind, message) => {
  expect(parseServerMessage(JSON.stringify(message))).toEqual({ ok: true, message })
})

test.each(HOSTILE_FRAMES)('[SIG3] $name is refused as $code', ({ text, code }) => {
  expect(parseClientMessage(text)).toMatchObject({ ok: false, code })
  expect(parseServerMessage(text)).toMatchObject({ ok: false })
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test.each([undefined, null, 1, true, {}, [], new Uint8Array(3), Symbol('x'), () => 'leave'])(
  '[SIG3] %o in place of a text is refused',
  (raw) => {
    expect(parseClientMessage(raw)).toMatchObject({ ok: false, code: 'bad-json' })
    expect(parseServerMessage(raw)).toMatchObject({ ok: false, code: 'bad-json' })
  },
)

test('every field of every kind is needed, but the seat and the new key of a room', () => {
  const texts = [...Object.values(GOOD_CLIENT_MESSAGES)].flatMap(eachFieldGone)
  const read = texts.filter((text) => parseClientMessage(text).ok)
  expect(read).toHaveLength(2)
  expect(read[0]).not.toContain('seat')
  expect(read[1]).not.toContain('authKey')
})

test.each(Object.entries(GOOD_SERVER_MESSAGES))(
  'every field of %s is needed, but the cap of a refusal',
  (_kind, message) => {
    const read = eachFieldGone(message).filter((text) => parseServerMessage(text).ok)
    expect(read.filter((text) => !text.includes('room-full'))).toEqual([])
  },
)

test('values at their bounds are taken', () => {
  const sealed = { type: 'profile', sealed: 'A'.repeat(MAX_SEALED_CHARS) }
  const data = { type: 'signal', to: PEER, data: 'x'.repeat(MAX_SIGNAL_CHARS) }
  expect(parseClientMessage(JSON.stringify(sealed)).ok).toBe(true)
  expect(parseClientMessage(JSON.stringify(data)).ok).toBe(true)
})

test('[SIG2] another version is told apart before the shape', () => {
  const hello = { type: 'hello', version: PROTOCOL_VERSION + 1, somethingNew: {} }
  const welcome = { type: 'welcome', version: PROTOCOL_VERSION - 1 }
  expect(parseClientMessage(JSON.stringify(hello))).toMatchObject({ code: 'version' })
  expect(parseServerMessage(JSON.stringify(welcome))).toMatchObject({ code: 'version' })
})

test('the key of a room has one spelling', () => {
  const hello = { ...GOOD_CLIENT_MESSAGES['hello'], authKey: `${'A'.repeat(42)}B` }
  expect(parseClientMessage(JSON.stringify(hello))).toMatchObject({ code: 'bad-message' })
})

test('a detail names the place, not the text of a stranger', () => {
  const text = JSON.stringify({ type: 'leave', [`<b>${'x'.repeat(999)}`]: 1 })
  const parsed = parseClientMessage(text)
  expect(parsed).toEqual({ ok: false, code: 'bad-message', detail: 'surplus_key' })
  expect(MAX_DETAIL_CHARS).toBeGreaterThan(100)
})

function eachFieldGone(message: object): readonly string[] {
  const fields = Object.entries(message)
  return fields.map(([gone]) =>
    JSON.stringify(Object.fromEntries(fields.filter(([field]) => field !== gone))),
  )
}
