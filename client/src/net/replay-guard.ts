import type { PeerId } from '@beatcord/shared'

/** Signals may overtake each other on two ways by less than this. */
const WINDOW = 64

interface Known {
  page: string
  newest: number
  readonly seen: Set<number>
}

/** Remembers what each peer has said, so that nothing is heard twice and nothing of a page that is gone. */
export interface ReplayGuard {
  /** @returns false for what was heard before, is too old to tell, or comes from a page older than the newest */
  admits(from: PeerId, page: string, seq: number): boolean
  /** Like `admits`, for what is known to be fresh: only the page is judged. */
  admitsPage(from: PeerId, page: string): boolean
}

/** Grows by one entry for each peer that holds the room's key, and forgets none: the server must not replay one that left. */
export function createReplayGuard(): ReplayGuard {
  const known = new Map<PeerId, Known>()

  function ofPage(from: PeerId, page: string): Known | undefined {
    const old = known.get(from)
    if (old !== undefined && page < old.page) return undefined
    if (old?.page === page) return old
    const fresh = { page, newest: -1, seen: new Set<number>() }
    known.set(from, fresh)
    return fresh
  }

  return {
    admitsPage: (from, page) => ofPage(from, page) !== undefined,
    admits(from, page, seq) {
      const peer = ofPage(from, page)
      if (peer === undefined || seq <= peer.newest - WINDOW || peer.seen.has(seq)) return false
      peer.seen.add(seq)
      peer.newest = Math.max(peer.newest, seq)
      for (const each of peer.seen) if (each <= peer.newest - WINDOW) peer.seen.delete(each)
      return true
    },
  }
}
