import { MAX_LANE_BYTES } from './lanes.ts'

/** A frame of the live lane: what the user sent, or the link's own question whether the peer is there. */
export type LiveFrame =
  | { readonly kind: 'user'; readonly bytes: Uint8Array }
  | { readonly kind: 'ping' | 'pong'; readonly nonce: number }

export type LiveRefusal = 'live-size' | 'live-shape'

const KINDS = ['user', 'ping', 'pong'] as const
/** Kind and nonce (u32, big-endian). */
const PULSE_BYTES = 5

export function encodeLiveFrame(frame: LiveFrame): Uint8Array {
  const kind = KINDS.indexOf(frame.kind)
  if (frame.kind === 'user') {
    const encoded = new Uint8Array(1 + frame.bytes.length)
    encoded[0] = kind
    encoded.set(frame.bytes, 1)
    return encoded
  }
  const encoded = new Uint8Array(PULSE_BYTES)
  encoded[0] = kind
  new DataView(encoded.buffer).setUint32(1, frame.nonce)
  return encoded
}

export function parseLiveFrame(encoded: Uint8Array): LiveFrame | LiveRefusal {
  if (encoded.length > MAX_LANE_BYTES.live + 1) return 'live-size'
  const kind = encoded[0] === undefined ? undefined : KINDS[encoded[0]]
  if (kind === undefined) return 'live-shape'
  if (kind === 'user') return { kind, bytes: encoded.subarray(1) }
  if (encoded.length !== PULSE_BYTES) return 'live-shape'
  return { kind, nonce: new DataView(encoded.buffer, encoded.byteOffset).getUint32(1) }
}
