import { isPeerId, type PeerId } from './ids.ts'
import { MAX_RELAY_PAYLOAD_BYTES } from './limits.ts'

/**
 * What may become of a relayed payload that finds the way busy: `wait` is delayed and arrives; `drop` arrives at once or
 * not at all.
 */
export type RelayUrgency = 'wait' | 'drop'

/** A binary frame between two peers that the server passes on unread: to the server it names the receiver, from it the sender. */
export interface RelayFrame {
  readonly urgency: RelayUrgency
  readonly peer: PeerId
  /** 1 to `MAX_RELAY_PAYLOAD_BYTES`, opaque to the server. */
  readonly payload: Uint8Array
}

const URGENCIES = ['wait', 'drop'] as const
const PEER_ID_BYTES = 26
/** Urgency (u8), then the peer id as ASCII. */
export const RELAY_HEADER_BYTES = 1 + PEER_ID_BYTES

/** @throws RangeError when the payload is empty or too long */
export function encodeRelayFrame({ urgency, peer, payload }: RelayFrame): Uint8Array<ArrayBuffer> {
  if (payload.length === 0 || payload.length > MAX_RELAY_PAYLOAD_BYTES) {
    const most = String(MAX_RELAY_PAYLOAD_BYTES)
    throw new RangeError(`a relayed payload has 1 to ${most} bytes, got ${String(payload.length)}`)
  }
  const frame = new Uint8Array(RELAY_HEADER_BYTES + payload.length)
  frame[0] = URGENCIES.indexOf(urgency)
  for (let at = 0; at < PEER_ID_BYTES; at++) frame[1 + at] = peer.charCodeAt(at)
  frame.set(payload, RELAY_HEADER_BYTES)
  return frame
}

/** Reads a stranger's frame; undefined when it is none. The payload is a view, not a copy. Never throws. */
export function parseRelayFrame(frame: Uint8Array): RelayFrame | undefined {
  const urgency = frame[0] === undefined ? undefined : URGENCIES[frame[0]]
  const peer = String.fromCharCode(...frame.subarray(1, RELAY_HEADER_BYTES))
  const payload = frame.subarray(RELAY_HEADER_BYTES)
  if (urgency === undefined || !isPeerId(peer)) return undefined
  if (payload.length === 0 || payload.length > MAX_RELAY_PAYLOAD_BYTES) return undefined
  return { urgency, peer, payload }
}
