import type { Beacon } from '../clock/beacon.ts'

/** What follows in the clock lane's frames on the moment of sending, which the lane itself writes. */
export type ClockFrame =
  /** What time is it with you? */
  { readonly kind: 'ping'; readonly nonce: number } | AnswerFrame

/** The answer to a ping, and the answer to that, so that both ends learn from one exchange. */
export interface AnswerFrame {
  readonly kind: 'pong' | 'fin'
  /** The ping's own. */
  readonly nonce: number
  /** When what is answered was sent, by its sender's clock, as it said. */
  readonly echoMs: number
  /** When it arrived, by the answerer's clock. */
  readonly receivedMs: number
  readonly beacon: Beacon
}

/** What arrives also says when it was sent, by its sender's clock. */
export type SentClockFrame = ClockFrame & { readonly sentMs: number }

const KINDS = ['ping', 'pong', 'fin'] as const
const PING_BYTES = 13
const ANSWER_BYTES = 95
const NONCE_AT = 9
const NUMBERS_AT = 13
const ID_AT = 85
const SETTLED_AT = 93
const MEMBERS_AT = 94
const NO_SESSION = '0'.repeat(16)
/** No clock runs this wrong, and none is corrected faster; whoever says so is broken. */
const MAX_RATE = 0.02
/** The year 2286: far below what a transport may hold, so that every moment of it can be written down. */
const MAX_MS = 1e13

/** Bytes 1 to 8 are left for the lane, which writes the moment of sending there. */
export function encodeClockFrame(frame: ClockFrame): Uint8Array {
  const isPing = frame.kind === 'ping'
  const view = new DataView(new ArrayBuffer(isPing ? PING_BYTES : ANSWER_BYTES))
  view.setUint8(0, KINDS.indexOf(frame.kind) + 1)
  view.setUint32(NONCE_AT, frame.nonce)
  if (!isPing) encodeAnswer(view, frame)
  return new Uint8Array(view.buffer)
}

function encodeAnswer(view: DataView, { echoMs, receivedMs, beacon }: AnswerFrame): void {
  const { bornAtMs, localMs, sharedMs, rate, slew, leantMs, sessionId } = beacon
  const numbers = [echoMs, receivedMs, bornAtMs, localMs, sharedMs, rate, slew, leantMs]
  numbers.forEach((number, index) => {
    view.setFloat64(NUMBERS_AT + index * 8, number)
  })
  view.setBigUint64(ID_AT, BigInt(`0x${sessionId === '' ? NO_SESSION : sessionId}`))
  view.setUint8(SETTLED_AT, beacon.isSettled ? 1 : 0)
  view.setUint8(MEMBERS_AT, beacon.members)
}

/** Undefined when the bytes are none, or say impossible things. Never throws. */
export function decodeClockFrame(bytes: Uint8Array): SentClockFrame | undefined {
  if (bytes.length !== PING_BYTES && bytes.length !== ANSWER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = KINDS[view.getUint8(0) - 1]
  const sentMs = view.getFloat64(1)
  if (kind === undefined || !isTime(sentMs)) return undefined
  const nonce = view.getUint32(NONCE_AT)
  if (kind === 'ping') return bytes.length === PING_BYTES ? { kind, nonce, sentMs } : undefined
  return bytes.length === ANSWER_BYTES ? decodeAnswer(view, kind, nonce, sentMs) : undefined
}

function decodeAnswer(
  view: DataView,
  kind: AnswerFrame['kind'],
  nonce: number,
  sentMs: number,
): SentClockFrame | undefined {
  const at = (index: number): number => view.getFloat64(NUMBERS_AT + index * 8)
  const [echoMs, receivedMs, bornAtMs, localMs, sharedMs] = [at(0), at(1), at(2), at(3), at(4)]
  const [rate, slew, leantMs] = [at(5), at(6), at(7)]
  const settled = view.getUint8(SETTLED_AT)
  const members = view.getUint8(MEMBERS_AT)
  if (![echoMs, receivedMs, bornAtMs, localMs, sharedMs, leantMs].every(isTime)) return undefined
  if (!(Math.abs(rate) <= MAX_RATE && Math.abs(slew) <= MAX_RATE)) return undefined
  if (settled > 1 || members === 0) return undefined
  const id = view.getBigUint64(ID_AT).toString(16).padStart(16, '0')
  const sessionId = id === NO_SESSION ? '' : id
  const isSettled = settled === 1
  const time = { localMs, sharedMs, rate, slew, leantMs }
  const beacon = { sessionId, bornAtMs, ...time, isSettled, members }
  return { kind, nonce, sentMs, echoMs, receivedMs, beacon }
}

const isTime = (ms: number): boolean => Math.abs(ms) < MAX_MS
