import type { PeerId } from '@beatcord/shared'
import { MAX_UPDATE_BYTES } from './gate.ts'

/** How much of the song one peer may have us send it, so that asking costs the one who asks as much as us. */
export interface Answering {
  /** @param nowMs monotonic */
  mayAnswer(peer: PeerId, nowMs: number): boolean
  answered(peer: PeerId, bytes: number, nowMs: number): void
  forget(peer: PeerId): void
}

/** What an answer costs whatever its size. */
const ANSWER_BYTES = 64 * 1024
/** Three whole songs of the largest size, or some 400 answers that there is nothing new. */
const BURST_BYTES = 3 * MAX_UPDATE_BYTES
const BYTES_PER_SECOND = 1024 * 1024

export function createAnswering(): Answering {
  const sent = new Map<PeerId, { readonly bytes: number; readonly atMs: number }>()

  function owed(peer: PeerId, nowMs: number): number {
    const { bytes, atMs } = sent.get(peer) ?? { bytes: 0, atMs: nowMs }
    return Math.max(0, bytes - ((nowMs - atMs) * BYTES_PER_SECOND) / 1000)
  }

  return {
    mayAnswer: (peer, nowMs) => owed(peer, nowMs) < BURST_BYTES,
    answered(peer, bytes, nowMs) {
      sent.set(peer, { bytes: owed(peer, nowMs) + ANSWER_BYTES + bytes, atMs: nowMs })
    },
    forget(peer) {
      sent.delete(peer)
    },
  }
}
