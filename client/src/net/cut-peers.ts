import type { PeerId } from '@beatcord/shared'
import { createBucket } from './bucket.ts'
import type { Bucket } from './bucket.ts'

/** A page that was reloaded knows nothing of the cut and asks: so often it is told, if some of it is lost. */
const ANSWERS = { burst: 3, perSecond: 0.05 }

/** With whom there is no link any more, because one of the two broke a rule. */
export interface CutPeers {
  has(peer: PeerId): boolean
  byUs(peer: PeerId, code: string): void
  /** @returns the code to answer a signal of that peer with; undefined when we did not cut it off, or said so lately */
  answerTo(peer: PeerId, nowMs: number): string | undefined
  /** @param page  of the peer that cut us off: its next one knows nothing of that */
  byThem(peer: PeerId, page: string): void
  /** @returns whether a peer that had cut us off has been reloaded since, and is to be linked again */
  isForgiven(peer: PeerId, page: string): boolean
}

export function createCutPeers(): CutPeers {
  const ours = new Map<PeerId, { readonly code: string; readonly answers: Bucket }>()
  const theirs = new Map<PeerId, string>()
  return {
    has: (peer) => ours.has(peer) || theirs.has(peer),
    byUs(peer, code) {
      ours.set(peer, { code, answers: createBucket(ANSWERS) })
    },
    answerTo(peer, nowMs) {
      const cut = ours.get(peer)
      return cut?.answers.take(1, nowMs) === true ? cut.code : undefined
    },
    byThem(peer, page) {
      theirs.set(peer, page)
    },
    isForgiven(peer, page) {
      const cutBy = theirs.get(peer)
      if (cutBy === undefined || page <= cutBy) return false
      theirs.delete(peer)
      return !ours.has(peer)
    },
  }
}
