import type { PeerId } from '@beatcord/shared'
import type { CopyMark } from './copy-mark.ts'

/** What another copy was last known by. */
export interface CopyView {
  readonly peer: PeerId
  readonly mark: CopyMark
  /** How long its page says that it has been in the room, ms. */
  readonly ageMs: number
}

/** A copy to take in place of ours, and what it must be known by. */
export interface BetterCopy {
  readonly peer: PeerId
  readonly mark: CopyMark
}

/**
 * Whose copy to take in place of ours; undefined when ours stands, or when nobody can say. Only copies that have heard
 * of the same updates as ours are compared. More than half of the room that hold one content are right; of two halves,
 * the one with the member who has been here longest.
 *
 * @param self   ourselves, our copy and how long we have been here
 * @param room   how many are linked, ourselves included
 * @param views  of those linked, as far as they were heard lately
 */
export function copyToTake(
  self: CopyView,
  room: number,
  views: readonly CopyView[],
): BetterCopy | undefined {
  const groups = new Map<string, CopyView[]>()
  for (const view of [self, ...views]) {
    if (view.mark.state !== self.mark.state) continue
    groups.set(view.mark.content, [...(groups.get(view.mark.content) ?? []), view])
  }
  const ours = groups.get(self.mark.content) ?? []
  groups.delete(self.mark.content)
  const [theirs = []] = [...groups.values()].toSorted((a, b) => b.length - a.length)
  const [eldest] = theirs.toSorted(olderFirst)
  const [ourEldest] = ours.toSorted(olderFirst)
  if (eldest === undefined || ourEldest === undefined) return undefined
  const areHalves = theirs.length * 2 === room && ours.length * 2 === room
  const isBetter = theirs.length * 2 > room || (areHalves && olderFirst(eldest, ourEldest) < 0)
  return isBetter ? { peer: eldest.peer, mark: eldest.mark } : undefined
}

const olderFirst = (a: CopyView, b: CopyView): number =>
  b.ageMs - a.ageMs || (a.peer < b.peer ? -1 : 1)
