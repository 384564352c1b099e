import type { PeerId } from '@beatcord/shared'

/** With whom there is no link any more, because one of the two broke a rule. */
export interface CutPeers {
  has(peer: PeerId): boolean
  byUs(peer: PeerId): void
  /** @param page  of the peer that cut us off: its next one knows nothing of that */
  byThem(peer: PeerId, page: string): void
  /** @returns whether a peer that had cut us off has been reloaded since, and is to be linked again */
  isForgiven(peer: PeerId, page: string): boolean
}

export function createCutPeers(): CutPeers {
  const ours = new Set<PeerId>()
  const theirs = new Map<PeerId, string>()
  return {
    has: (peer) => ours.has(peer) || theirs.has(peer),
    byUs(peer) {
      ours.add(peer)
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
