import type { PeerId } from '@beatcord/shared'

/**
 * How much each has added to a song that is full already. It is remembered by who they are, whether or not they are
 * linked meanwhile, until it is forgiven.
 */
export interface Surplus {
  /** @param nowMs monotonic */
  add(author: PeerId, bytes: number, nowMs: number): void
  /** Whether it is more than a browser that finds out late could have added. */
  isSpent(author: PeerId, nowMs: number): boolean
}

/** What takes away is small, and so is what a browser adds before it finds out that the song is full. */
const MAX_BYTES = 896 * 1024
/** Honest people then take things away, some 30 bytes each, and sheets give way, some kilobytes now and then. */
const FORGIVEN_PER_SECOND = 4 * 1024

export function createSurplus(isFull: () => boolean): Surplus {
  const sums = new Map<PeerId, { readonly bytes: number; readonly atMs: number }>()

  function sumOf(author: PeerId, nowMs: number): number {
    const { bytes, atMs } = sums.get(author) ?? { bytes: 0, atMs: nowMs }
    return Math.max(0, bytes - ((nowMs - atMs) * FORGIVEN_PER_SECOND) / 1000)
  }

  return {
    add(author, bytes, nowMs) {
      if (!isFull()) {
        sums.clear()
        return
      }
      for (const each of sums.keys()) if (sumOf(each, nowMs) === 0) sums.delete(each)
      sums.set(author, { bytes: sumOf(author, nowMs) + bytes, atMs: nowMs })
    },
    isSpent: (author, nowMs) => isFull() && sumOf(author, nowMs) > MAX_BYTES,
  }
}
