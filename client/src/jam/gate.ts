import { isPeerId } from '@beatcord/shared'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import { MAX_LANE_BYTES } from '../net/lanes.ts'
import type { Member } from '../net/mesh.ts'
import { readUpdateShape, type UpdateShape } from './update-shape.ts'

/** What a peer may send of the document; the first three are those of y-protocols as y-webrtc frames them. */
export type DocFrame =
  | { readonly kind: 'ask'; readonly stateVector: Uint8Array }
  /** `answers` when it says that it replies to an `ask`, and so brings all that we lacked. */
  | { readonly kind: 'update'; readonly answers: boolean; readonly brought: Brought }
  /** An answer that cannot be read or holds what no song has: perhaps of an old disk, and not its bearer's doing. */
  | { readonly kind: 'unfit-answer' }
  | {
      readonly kind: 'awareness'
      readonly clock: number
      /** At most 2 KiB of JSON; null when the tab goes. */
      readonly state: object | null
    }
  /** About riffs: see `riff-frame.ts`, which is fetched later. */
  | { readonly kind: 'riff'; readonly body: Uint8Array }
  /** An update of somebody whom we do not reach, by way of the sender. */
  | { readonly kind: 'forward'; readonly author: Member; readonly brought: Brought }

/** An update that can be read, and what it brings. */
export interface Brought {
  readonly update: Uint8Array
  readonly shape: UpdateShape
}

export type FrameRefusal = 'doc-frame-shape' | 'doc-frame-size' | 'doc-update' | 'awareness-shape'

export type FrameVerdict =
  | { readonly ok: true; readonly frame: DocFrame }
  | { readonly ok: false; readonly code: FrameRefusal }

export const SYNC = 0
const AWARENESS = 1
export const FORWARD = 120
export const RIFF = 121
export const ASK = 0
export const ANSWER = 1
export const UPDATE = 2

/** Longest frame of the document. */
export const MAX_UPDATE_BYTES = MAX_LANE_BYTES.doc
/** Longest update that somebody writes: opening a file with 64 tracks on which every place is taken writes 1.2 MB. */
const MAX_OWN_UPDATE_BYTES = 2 * 1024 * 1024
/**
 * Most structs and values of such an update, ranges that are taken away counting half. That file has 323 structs; what
 * it takes away may be some tens of thousands of ranges, where many had written by turns.
 */
const MAX_OWN_PIECES = 32 * 1024
/** The same of an answer: a song of 5 MiB in which nothing was ever made small has 460,000. */
export const MAX_ANSWER_PIECES = 512 * 1024
const MAX_STATE_VECTOR_BYTES = 64 * 1024
const MAX_AWARENESS_BYTES = 2048
const MAX_PAGE_CHARS = 32

const refuse = (code: FrameRefusal): FrameVerdict => ({ ok: false, code })

/** Judges a peer's bytes before Yjs sees them. Never throws. */
export function judge(bytes: Uint8Array): FrameVerdict {
  if (bytes.length > MAX_UPDATE_BYTES) return refuse('doc-frame-size')
  try {
    const decoder = decoding.createDecoder(bytes)
    const kind = decoding.readVarUint(decoder)
    if (kind === SYNC) return judgeSync(decoder)
    if (kind === AWARENESS) return judgeAwareness(decoding.readVarUint8Array(decoder))
    if (kind === RIFF) {
      return { ok: true, frame: { kind: 'riff', body: decoding.readTailAsUint8Array(decoder) } }
    }
    return kind === FORWARD ? judgeForward(decoder) : refuse('doc-frame-shape')
  } catch {
    // lib0 throws on every kind of truncated or overlong input: all of it is one refusal.
    return refuse('doc-frame-shape')
  }
}

/** Judges an update of one author, also where it came without a frame of the document's lane. */
export function judgeUpdate(update: Uint8Array): Brought | undefined {
  if (update.length > MAX_OWN_UPDATE_BYTES) return undefined
  const shape = readUpdateShape(update, MAX_OWN_PIECES)
  return shape && { update, shape }
}

/** Judges an answer, which may be a whole song. */
function judgeAnswer(update: Uint8Array): Brought | undefined {
  const shape = readUpdateShape(update, MAX_ANSWER_PIECES)
  return shape && { update, shape }
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
  if (kind === ANSWER) {
    const brought = judgeAnswer(payload)
    if (brought === undefined) return { ok: true, frame: { kind: 'unfit-answer' } }
    return { ok: true, frame: { kind: 'update', answers: true, brought } }
  }
  const brought = judgeUpdate(payload)
  if (brought === undefined) return refuse('doc-update')
  return { ok: true, frame: { kind: 'update', answers: false, brought } }
}

/** A peer speaks for itself alone: exactly one state. */
function judgeAwareness(update: Uint8Array): FrameVerdict {
  if (update.length > MAX_AWARENESS_BYTES) return refuse('doc-frame-size')
  const decoder = decoding.createDecoder(update)
  if (decoding.readVarUint(decoder) !== 1) return refuse('awareness-shape')
  // Of no account: a state is the sender's own, whichever client it names.
  decoding.readVarUint(decoder)
  const clock = decoding.readVarUint(decoder)
  const state: unknown = JSON.parse(decoding.readVarString(decoder))
  if (typeof state !== 'object' || Array.isArray(state)) return refuse('awareness-shape')
  return { ok: true, frame: { kind: 'awareness', clock, state } }
}

function judgeForward(decoder: decoding.Decoder): FrameVerdict {
  const peer = decoding.readVarString(decoder)
  const page = decoding.readVarString(decoder)
  if (!isPeerId(peer) || page.length > MAX_PAGE_CHARS) return refuse('doc-frame-shape')
  const brought = judgeUpdate(decoding.readVarUint8Array(decoder))
  if (brought === undefined) return refuse('doc-update')
  return { ok: true, frame: { kind: 'forward', author: { peer, page }, brought } }
}
