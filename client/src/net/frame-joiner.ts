import { parseChunk, type Chunk, type FrameRefusal } from './frames.ts'
import { MAX_DOC_MESSAGE_BYTES } from './lanes.ts'

/** Messages one peer may have begun and not ended; chosen well above what fits a send window of 64 KiB. */
export const MAX_PARTS = 64
/** Bytes of all begun messages of one peer: one whole message more than the largest. */
const MAX_HELD_BYTES = 2 * MAX_DOC_MESSAGE_BYTES
/** A begun message that gets no further for this long is forgotten; anti-entropy above heals the loss. */
const STALLED_MS = 30_000
/** Ended messages remembered, so that a repeated chunk begins nothing. */
const REMEMBERED = 1024

export type Joined =
  | { readonly ok: true; readonly message?: Uint8Array }
  | { readonly ok: false; readonly code: FrameRefusal }

interface Part {
  readonly chunks: (Uint8Array | undefined)[]
  missing: number
  bytes: number
  touchedMs: number
}

/** Puts the frames of one peer together again, in whatever order they come; never throws. */
export interface Joiner {
  accept(frame: Uint8Array, nowMs: number): Joined
  /** Bytes held for messages that have begun and not ended. */
  heldBytes(): number
}

export function createJoiner(): Joiner {
  const parts = new Map<number, Part>()
  const ended = new Set<number>()
  let held = 0

  function forget(id: number, part: Part): void {
    parts.delete(id)
    held -= part.bytes
  }

  function forgetStalled(nowMs: number): void {
    for (const [id, part] of parts) if (nowMs - part.touchedMs > STALLED_MS) forget(id, part)
  }

  function begin(chunk: Chunk, nowMs: number): Part | undefined {
    if (parts.size >= MAX_PARTS) forgetStalled(nowMs)
    if (parts.size >= MAX_PARTS) return undefined
    const chunks = new Array<Uint8Array | undefined>(chunk.count)
    const part = { chunks, missing: chunk.count, bytes: 0, touchedMs: nowMs }
    parts.set(chunk.id, part)
    return part
  }

  function end(id: number): void {
    ended.add(id)
    if (ended.size <= REMEMBERED) return
    for (const oldest of ended) {
      ended.delete(oldest)
      break
    }
  }

  function addTo(part: Part, chunk: Chunk, nowMs: number): Joined {
    if (part.chunks.length !== chunk.count) return { ok: false, code: 'frame-shape' }
    if (part.chunks[chunk.index] !== undefined) return { ok: true }
    if (held + chunk.body.length > MAX_HELD_BYTES) forgetStalled(nowMs)
    if (held + chunk.body.length > MAX_HELD_BYTES) return { ok: false, code: 'frame-flood' }
    part.chunks[chunk.index] = chunk.body
    part.missing -= 1
    part.bytes += chunk.body.length
    part.touchedMs = nowMs
    held += chunk.body.length
    if (part.missing > 0) return { ok: true }
    forget(chunk.id, part)
    end(chunk.id)
    return { ok: true, message: concat(part.chunks, part.bytes) }
  }

  return {
    accept(frame, nowMs) {
      const chunk = parseChunk(frame)
      if (typeof chunk === 'string') return { ok: false, code: chunk }
      if (ended.has(chunk.id)) return { ok: true }
      if (chunk.count === 1) {
        if (parts.has(chunk.id)) return { ok: false, code: 'frame-shape' }
        end(chunk.id)
        return { ok: true, message: chunk.body }
      }
      const part = parts.get(chunk.id) ?? begin(chunk, nowMs)
      return part === undefined ? { ok: false, code: 'frame-flood' } : addTo(part, chunk, nowMs)
    },
    heldBytes: () => held,
  }
}

function concat(chunks: readonly (Uint8Array | undefined)[], bytes: number): Uint8Array {
  const message = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    if (chunk === undefined) continue
    message.set(chunk, at)
    at += chunk.length
  }
  return message
}
