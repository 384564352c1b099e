import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** What a peer may send on the document's lane; the numbers are those of y-protocols as y-webrtc frames them. */
export type DocFrame =
  | { readonly kind: 'ask'; readonly stateVector: Uint8Array }
  /** `answers` when it replies to an `ask`, and so brings all that we lacked. */
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly answers: boolean }
  | { readonly kind: 'awareness'; readonly clientId: number; readonly update: Uint8Array }

export type FrameRefusal = 'doc-frame-shape' | 'doc-frame-size' | 'doc-update' | 'awareness-shape'

export type FrameVerdict =
  | { readonly ok: true; readonly frame: DocFrame }
  | { readonly ok: false; readonly code: FrameRefusal }

export const SYNC = 0
const AWARENESS = 1
export const ASK = 0
export const ANSWER = 1
const UPDATE = 2

/** The whole document is bounded by this, and so is one update. */
export const MAX_UPDATE_BYTES = 4 * 1024 * 1024
const MAX_STATE_VECTOR_BYTES = 64 * 1024
const MAX_AWARENESS_BYTES = 2048

const refuse = (code: FrameRefusal): FrameVerdict => ({ ok: false, code })

/**
 * Judges a peer's bytes before Yjs sees them. Never throws.
 *
 * An update is decoded once for its shape alone: Yjs would otherwise allocate what a few forged bytes claim.
 */
export function judge(bytes: Uint8Array): FrameVerdict {
  if (bytes.length > MAX_UPDATE_BYTES) return refuse('doc-frame-size')
  try {
    const decoder = decoding.createDecoder(bytes)
    const kind = decoding.readVarUint(decoder)
    if (kind === SYNC) return judgeSync(decoder)
    if (kind === AWARENESS) return judgeAwareness(decoding.readVarUint8Array(decoder))
    return refuse('doc-frame-shape')
  } catch {
    // lib0 throws on every kind of truncated or overlong input: all of it is one refusal.
    return refuse('doc-frame-shape')
  }
}

function judgeSync(decoder: decoding.Decoder): FrameVerdict {
  const kind = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  if (kind === ASK) {
    if (payload.length > MAX_STATE_VECTOR_BYTES) return refuse('doc-frame-size')
    Y.decodeStateVector(payload)
    return { ok: true, frame: { kind: 'ask', stateVector: payload } }
  }
  if (kind !== ANSWER && kind !== UPDATE) return refuse('doc-frame-shape')
  if (!isUpdate(payload)) return refuse('doc-update')
  return { ok: true, frame: { kind: 'update', update: payload, answers: kind === ANSWER } }
}

function isUpdate(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update)
    return true
  } catch {
    // Whatever it is, Yjs cannot read it either.
    return false
  }
}

/** A peer speaks for itself alone: exactly one state. */
function judgeAwareness(update: Uint8Array): FrameVerdict {
  if (update.length > MAX_AWARENESS_BYTES) return refuse('doc-frame-size')
  const decoder = decoding.createDecoder(update)
  if (decoding.readVarUint(decoder) !== 1) return refuse('awareness-shape')
  const clientId = decoding.readVarUint(decoder)
  decoding.readVarUint(decoder)
  const state: unknown = JSON.parse(decoding.readVarString(decoder))
  if (typeof state !== 'object') return refuse('awareness-shape')
  return { ok: true, frame: { kind: 'awareness', clientId, update } }
}
