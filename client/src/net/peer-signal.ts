import { isCutCode } from './control-message.ts'
import { isPageName } from './page-name.ts'

/** Names one attempt of the offering peer: its page, and a number that grows with every attempt of that page. */
export interface AttemptId {
  readonly page: string
  readonly n: number
}

/** What the two ends of one connection tell each other while it is made. */
export type WireSignal =
  | { readonly type: 'offer' | 'answer'; readonly sdp: string }
  | { readonly type: 'candidate'; readonly candidate: Candidate }
  /** The answering end asks for a new offer on the same connection. */
  | { readonly type: 'renegotiate' }

export interface Candidate {
  readonly candidate: string
  readonly sdpMid: string | null
  readonly sdpMLineIndex: number | null
}

/** What two peers tell each other through the server, sealed. `page` is the sender's and changes when it reloads. */
export type PeerSignal =
  | {
      readonly kind: 'wire'
      readonly page: string
      readonly attempt: AttemptId
      readonly signal: WireSignal
    }
  /** The answering peer has no connection and asks for an offer; `last` is the newest attempt it has seen. */
  | { readonly kind: 'please'; readonly page: string; readonly last?: AttemptId }
  /** The sender has closed the link for good, which this page may not have heard. */
  | { readonly kind: 'cut'; readonly page: string; readonly code: string }

/** A signal as it travels: `seq` counts what this page has said to that peer. */
export type SentSignal = PeerSignal & { readonly seq: number }

const MAX_SDP_CHARS = 10_000
const MAX_CANDIDATE_CHARS = 1000
const MAX_MID_CHARS = 32

export const isSameAttempt = (a: AttemptId | undefined, b: AttemptId | undefined): boolean =>
  a !== undefined && b !== undefined && a.page === b.page && a.n === b.n

/** Reads a peer's opened signal; undefined when it is none. Never throws. */
export function parsePeerSignal(text: string): SentSignal | undefined {
  const body = parseJsonRecord(text)
  if (body === undefined) return undefined
  const { page, seq } = body
  if (!isPageName(page) || !isCount(seq)) return undefined
  if (body['kind'] === 'please') {
    if (body['last'] === undefined) return { kind: 'please', page, seq }
    const last = parseAttemptId(body['last'])
    return last && { kind: 'please', page, seq, last }
  }
  if (body['kind'] === 'cut') {
    const { code } = body
    return isCutCode(code) ? { kind: 'cut', page, seq, code } : undefined
  }
  if (body['kind'] !== 'wire') return undefined
  const attempt = parseAttemptId(body['attempt'])
  const signal = parseWireSignal(body['signal'])
  return attempt && signal && { kind: 'wire', page, seq, attempt, signal }
}

/** Reads what one end of a connection has to say; undefined when it is nothing we know. */
export function parseWireSignal(value: unknown): WireSignal | undefined {
  if (!isRecord(value)) return undefined
  const { type, sdp, candidate } = value
  if (type === 'renegotiate') return { type }
  if (type === 'offer' || type === 'answer') {
    return isText(sdp, MAX_SDP_CHARS) ? { type, sdp } : undefined
  }
  if (type !== 'candidate') return undefined
  const parsed = parseCandidate(candidate)
  return parsed && { type, candidate: parsed }
}

function parseCandidate(value: unknown): Candidate | undefined {
  if (!isRecord(value)) return undefined
  const { candidate, sdpMid = null, sdpMLineIndex = null } = value
  if (!isText(candidate, MAX_CANDIDATE_CHARS)) return undefined
  if (sdpMid !== null && !isText(sdpMid, MAX_MID_CHARS)) return undefined
  if (sdpMLineIndex !== null && !isCount(sdpMLineIndex)) return undefined
  return { candidate, sdpMid, sdpMLineIndex }
}

function parseAttemptId(value: unknown): AttemptId | undefined {
  if (!isRecord(value)) return undefined
  const { page, n } = value
  return isPageName(page) && isCount(n) ? { page, n } : undefined
}

function parseJsonRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : undefined
  } catch {
    // A member of the room may seal what it likes; what is not JSON is no signal.
    return undefined
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown, maxChars: number): value is string =>
  typeof value === 'string' && value.length <= maxChars

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
