import { MAX_FRAME_BYTES, MAX_SEALED_CHARS, MAX_SIGNAL_CHARS } from './limits.ts'
import type { ParseRefusal } from './parse-signal.ts'
import { PROTOCOL_VERSION } from './signal.ts'

/** A frame that no peer of good will sends, and how it must be refused. */
export interface HostileFrame {
  readonly name: string
  readonly text: string
  readonly code: ParseRefusal
}

type Fields = Readonly<Record<string, unknown>>

const PEER = 'abcdefghijklmnopqrstuvwxyz'
const KEY = 'A'.repeat(43)
const SEAT = { peerId: PEER, proof: KEY, certificate: 'e30.e30.AA' }
const RULES = { door: 'knock', newcomers: 'listener' }
const DEPTH = 20_000

/** One good message of every kind that peers send. */
export const GOOD_CLIENT_MESSAGES: Readonly<Record<string, Fields>> = {
  hello: { type: 'hello', version: PROTOCOL_VERSION, authKey: KEY, seat: SEAT, sealed: 'AA' },
  profile: { type: 'profile', sealed: 'AA' },
  active: { type: 'active', by: 'input' },
  signal: { type: 'signal', to: PEER, data: 'x' },
  leave: { type: 'leave' },
  'set-rules': { type: 'set-rules', rules: RULES },
  'set-role': { type: 'set-role', peerId: PEER, role: 'listener' },
  'answer-knock': { type: 'answer-knock', peerId: PEER, letIn: true },
  remove: { type: 'remove', peerId: PEER, authKey: KEY },
}

/** For each field a value of the right type that is out of bounds. */
const OUT_OF_BOUNDS: Fields = {
  version: -1,
  authKey: 'A'.repeat(44),
  seat: { ...SEAT, more: 1 },
  sealed: 'A'.repeat(MAX_SEALED_CHARS + 1),
  by: 'habit',
  to: `${PEER}a`,
  data: 'x'.repeat(MAX_SIGNAL_CHARS + 1),
  rules: { ...RULES, door: 'ajar' },
  peerId: PEER.toUpperCase(),
  role: 'owner',
  letIn: 'yes',
}

/** A kind and a field of it. */
const OPTIONAL = new Set(['hello seat', 'remove authKey'])

/** Frames that are no message at all. */
const SHAPELESS: readonly HostileFrame[] = [
  row('nothing', '', 'bad-json'),
  row('half an object', '{"type":', 'bad-json'),
  row('a NUL', '\0', 'bad-json'),
  row('null', 'null', 'bad-message'),
  row('a number', '1e999', 'bad-message'),
  row('a text', '"hello"', 'bad-message'),
  row('a list', '[{"type":"leave"}]', 'bad-message'),
  row('a deep list', '['.repeat(DEPTH) + ']'.repeat(DEPTH), 'bad-message'),
  row('an unclosed deep list', '['.repeat(DEPTH), 'bad-json'),
  row('an empty object', '{}', 'unknown-type'),
  row('an unknown type', '{"type":"publish"}', 'unknown-type'),
  row('a type from the prototype', '{"type":"constructor"}', 'unknown-type'),
  row('a type named __proto__', '{"type":"__proto__"}', 'unknown-type'),
  row('a type that is a list', '{"type":["leave"]}', 'unknown-type'),
  row('a type in the prototype only', '{"__proto__":{"type":"leave"}}', 'unknown-type'),
  row('too large a text', JSON.stringify('x'.repeat(MAX_FRAME_BYTES)), 'bad-message'),
]

/** Hostile frames by the kind of client message they imitate; each refused by `parseClientMessage`. */
export const HOSTILE_FRAMES: readonly HostileFrame[] = [
  ...SHAPELESS,
  ...Object.entries(GOOD_CLIENT_MESSAGES).flatMap(([kind, good]) => rowsOf(kind, good)),
  row(
    'hello of another version',
    JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION + 1, ticket: 'x' }),
    'version',
  ),
]

function rowsOf(kind: string, good: Fields): readonly HostileFrame[] {
  const text = JSON.stringify(good)
  const deep = `${'{"a":'.repeat(DEPTH / 4)}1${'}'.repeat(DEPTH / 4)}`
  const withMore = (more: string): string => `${text.slice(0, -1)},${more}}`
  const whole = [
    row(`${kind} with a field too many`, withMore('"from":"ana"'), 'bad-message'),
    row(`${kind} with __proto__`, withMore('"__proto__":{"x":1}'), 'bad-message'),
    row(`${kind} with constructor`, withMore('"constructor":{"prototype":{"x":1}}'), 'bad-message'),
    row(`${kind} with a deep field`, withMore(`"more":${deep}`), 'bad-message'),
  ]
  const fields = Object.keys(good).filter((field) => field !== 'type')
  return [...whole, ...fields.flatMap((field) => fieldRows(kind, good, field))]
}

function fieldRows(kind: string, good: Fields, field: string): readonly HostileFrame[] {
  const named = (what: string, value: unknown): HostileFrame =>
    row(`${kind} with ${field} ${what}`, JSON.stringify({ ...good, [field]: value }), 'bad-message')
  const rows = [
    named('null', null),
    named('a fraction', 1.5),
    named('a list', [good[field]]),
    named('an object', { toString: 'x' }),
    ...(good[field] === true ? [] : [named('true', true)]),
    named('out of bounds', OUT_OF_BOUNDS[field]),
  ]
  if (OPTIONAL.has(`${kind} ${field}`)) return rows
  return [...rows, named('missing', undefined)]
}

function row(name: string, text: string, code: ParseRefusal): HostileFrame {
  return { name, text, code }
}
