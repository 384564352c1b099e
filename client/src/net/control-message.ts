import {
  isPeerId,
  MAX_CERTIFICATE_CHARS,
  MAX_SEATS_PER_ROOM,
  MAX_SIGNAL_CHARS,
  type PeerId,
} from '@beatcord/shared'

/** What the links themselves say on the doc lane, beside the user's messages. */
export type ControlMessage =
  /** All peers that the sender has open links to. */
  | { readonly kind: 'reach'; readonly peers: readonly PeerId[] }
  /** Hand this signal on; it is sealed for that peer. */
  | { readonly kind: 'pass'; readonly peer: PeerId; readonly sealed: string }
  /** This signal was handed to the sender by that peer. */
  | { readonly kind: 'passed'; readonly peer: PeerId; readonly sealed: string }
  /** The sender's half of the key of signals that others pass between the two. */
  | { readonly kind: 'secret'; readonly bytes: Uint8Array }
  /** The sender closes the link for good, because of a rule that the receiver broke. */
  | { readonly kind: 'cut'; readonly code: string }
  /** What the server signed of a seat: the sender's, or one that has changed. */
  | { readonly kind: 'certificate'; readonly certificate: string }
  /** The room has this secret now. */
  | { readonly kind: 'moved'; readonly bytes: Uint8Array }

/** A whole message of the doc lane. */
export type DocMessage = { readonly kind: 'user'; readonly bytes: Uint8Array } | ControlMessage

export const SECRET_BYTES = 32
const ROOM_SECRET_BYTES = 16
const KINDS = ['user', 'reach', 'pass', 'passed', 'secret', 'cut', 'certificate', 'moved'] as const
const PEER_ID_CHARS = 26
const SEALED = /^[\w-]+$/
const CERTIFICATE = /^[\w-]+\.[\w-]+\.[\w-]+$/
const CODE = /^[a-z][a-z-]{0,39}$/

/** A byte for the kind, then the user's bytes as they are, or ASCII. */
export function encodeDocMessage(message: DocMessage): Uint8Array {
  const body = bodyOf(message)
  const encoded = new Uint8Array(1 + body.length)
  encoded[0] = KINDS.indexOf(message.kind)
  encoded.set(body, 1)
  return encoded
}

function bodyOf(message: DocMessage): Uint8Array {
  switch (message.kind) {
    case 'user':
    case 'secret':
    case 'moved':
      return message.bytes
    case 'reach':
      return toAscii(message.peers.join(''))
    case 'pass':
    case 'passed':
      return toAscii(message.peer + message.sealed)
    case 'cut':
      return toAscii(message.code)
    case 'certificate':
      return toAscii(message.certificate)
  }
}

/** Reads a stranger's message; undefined when it is none. Never throws. */
export function parseDocMessage(encoded: Uint8Array): DocMessage | undefined {
  const kind = encoded[0] === undefined ? undefined : KINDS[encoded[0]]
  const bytes = encoded.subarray(1)
  switch (kind) {
    case 'user':
      return { kind, bytes }
    case 'secret':
      return bytes.length === SECRET_BYTES ? { kind, bytes } : undefined
    case 'moved':
      return bytes.length === ROOM_SECRET_BYTES ? { kind, bytes } : undefined
    case 'reach':
      return parseReach(bytes)
    case 'pass':
    case 'passed':
      return parsePass(kind, bytes)
    case 'cut':
      return parseCut(bytes)
    case 'certificate':
      return parseCertificate(bytes)
    case undefined:
      return undefined
  }
}

function parseReach(bytes: Uint8Array): DocMessage | undefined {
  if (bytes.length > MAX_SEATS_PER_ROOM * PEER_ID_CHARS) return undefined
  if (bytes.length % PEER_ID_CHARS !== 0) return undefined
  const text = fromAscii(bytes)
  const peers: PeerId[] = []
  for (let at = 0; at < text.length; at += PEER_ID_CHARS) {
    const peer = text.slice(at, at + PEER_ID_CHARS)
    if (!isPeerId(peer)) return undefined
    peers.push(peer)
  }
  return { kind: 'reach', peers }
}

function parsePass(kind: 'pass' | 'passed', bytes: Uint8Array): DocMessage | undefined {
  if (bytes.length > PEER_ID_CHARS + MAX_SIGNAL_CHARS) return undefined
  const text = fromAscii(bytes)
  const [peer, sealed] = [text.slice(0, PEER_ID_CHARS), text.slice(PEER_ID_CHARS)]
  return isPeerId(peer) && SEALED.test(sealed) ? { kind, peer, sealed } : undefined
}

function parseCut(bytes: Uint8Array): DocMessage | undefined {
  const code = bytes.length > 40 ? '' : fromAscii(bytes)
  return isCutCode(code) ? { kind: 'cut', code } : undefined
}

function parseCertificate(bytes: Uint8Array): DocMessage | undefined {
  const certificate = bytes.length > MAX_CERTIFICATE_CHARS ? '' : fromAscii(bytes)
  return CERTIFICATE.test(certificate) ? { kind: 'certificate', certificate } : undefined
}

/** Whether it names a rule that was broken. */
export const isCutCode = (value: unknown): value is string =>
  typeof value === 'string' && CODE.test(value)

const toAscii = (text: string): Uint8Array => new TextEncoder().encode(text)

const fromAscii = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
