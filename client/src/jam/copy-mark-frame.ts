import { fromHex, toHex } from '../lib/hex.ts'
import type { CopyMark } from './copy-mark.ts'

/** A mark as it goes over the live lane: 16 bytes of state, 16 of content, the sender's age in the room as a double. */
export type SentMark = CopyMark & {
  /** Milliseconds, 0 or more. */
  readonly ageMs: number
}

const MARK_BYTES = 16
const FRAME_BYTES = 2 * MARK_BYTES + 8

export function encodeCopyMark({ state, content, ageMs }: SentMark): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES)
  frame.set(fromHex(state), 0)
  frame.set(fromHex(content), MARK_BYTES)
  new DataView(frame.buffer).setFloat64(2 * MARK_BYTES, ageMs)
  return frame
}

/** Undefined when it is none. Never throws. */
export function decodeCopyMark(frame: Uint8Array): SentMark | undefined {
  if (frame.length !== FRAME_BYTES) return undefined
  const ageMs = new DataView(frame.buffer, frame.byteOffset).getFloat64(2 * MARK_BYTES)
  if (!Number.isFinite(ageMs) || ageMs < 0) return undefined
  const state = toHex(frame.subarray(0, MARK_BYTES))
  return { state, content: toHex(frame.subarray(MARK_BYTES, 2 * MARK_BYTES)), ageMs }
}
