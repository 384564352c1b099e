import * as v from 'valibot'
import { MAX_DETAIL_CHARS, MAX_FRAME_BYTES } from './limits.ts'
import {
  clientMessageSchema,
  PROTOCOL_VERSION,
  serverMessageSchema,
  type ClientMessage,
  type RefusalCode,
  type ServerMessage,
} from './signal.ts'

/** What became of a frame. `detail` names the place, never the stranger's own text. */
export type Parsed<Message> =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly code: ParseRefusal; readonly detail: string }

export type ParseRefusal = Extract<
  RefusalCode,
  'bad-json' | 'bad-message' | 'unknown-type' | 'version'
>

/** Reads a frame from a peer; any value may come in, and nothing is thrown. */
export const parseClientMessage = (raw: unknown): Parsed<ClientMessage> =>
  parseWith(clientMessageSchema, 'hello', raw)

/** Reads a frame from the signal server; any value may come in, and nothing is thrown. */
export const parseServerMessage = (raw: unknown): Parsed<ServerMessage> =>
  parseWith(serverMessageSchema, 'welcome', raw)

/** @param greeting the message that carries the protocol version: another version is told apart before its shape is */
function parseWith<Message>(
  schema: v.GenericSchema<unknown, Message>,
  greeting: string,
  raw: unknown,
): Parsed<Message> {
  if (typeof raw !== 'string') return refuse('bad-json', 'a frame must be text')
  if (raw.length > MAX_FRAME_BYTES) return refuse('bad-message', 'the frame is too large')
  const json = parseJson(raw)
  if (!json.ok) return refuse('bad-json', 'the frame must be JSON')
  if (hasOtherVersion(json.value, greeting)) {
    return refuse('version', `this side speaks version ${String(PROTOCOL_VERSION)}`)
  }
  // A list has no type, and would be told apart as a message of an unknown one.
  if (Array.isArray(json.value)) return refuse('bad-message', 'a message must be an object')
  const result = v.safeParse(schema, json.value, { abortEarly: true })
  return result.success ? { ok: true, message: result.output } : refuseIssue(result.issues[0])
}

function refuseIssue({ type, expected, path }: v.BaseIssue<unknown>): Parsed<never> {
  const keys = path?.map(({ key }) => String(key)) ?? []
  if (type === 'variant' && keys.join() === 'type') {
    return refuse('unknown-type', 'no message has this type')
  }
  // A field too many has a name of the stranger's own.
  const isSurplus = type === 'strict_object' && expected === 'never'
  const place = (isSurplus ? keys.slice(0, -1) : keys).join('.')
  const lack = isSurplus ? 'surplus_key' : type
  return refuse('bad-message', place === '' ? lack : `${place}: ${lack}`)
}

const refuse = (code: ParseRefusal, detail: string): Parsed<never> => ({
  ok: false,
  code,
  detail: detail.slice(0, MAX_DETAIL_CHARS),
})

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    // Strangers send what they like; the caller answers with a code.
    return { ok: false }
  }
}

function hasOtherVersion(value: unknown, greeting: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (!('type' in value) || value.type !== greeting || !('version' in value)) return false
  if (!Number.isSafeInteger(value.version) || Number(value.version) < 0) return false
  return value.version !== PROTOCOL_VERSION
}
