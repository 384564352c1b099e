import type { PeerId } from '@beatcord/shared'

/** How another copy compared with ours the last time both had heard of the same updates. */
export interface CopyView {
  readonly peer: PeerId
  readonly differs: boolean
  /** How long its page has been in the room, ms. */
  readonly ageMs: number
}

/**
 * Whose copy to take in place of ours; undefined when ours stands. A majority of the room decides; of two halves, the
 * one with the member who has been here longest.
 *
 * @param self   ourselves and how long we have been here
 * @param room   how many are linked, ourselves included
 * @param views  of those linked, as far as they could be compared lately
 */
export function copyToTake(
  self: { readonly peer: PeerId; readonly ageMs: number },
  room: number,
  views: readonly CopyView[],
): PeerId | undefined {
  const against = views.filter(({ differs }) => differs)
  const withUs = [{ ...self }, ...views.filter(({ differs }) => !differs)]
  const [theirs] = against.toSorted(olderFirst)
  const [ours] = withUs.toSorted(olderFirst)
  if (theirs === undefined || ours === undefined) return undefined
  if (against.length * 2 > room) return theirs.peer
  const areHalves = against.length * 2 === room && withUs.length * 2 === room
  return areHalves && olderFirst(theirs, ours) < 0 ? theirs.peer : undefined
}

type Aged = Pick<CopyView, 'peer' | 'ageMs'>

const olderFirst = (a: Aged, b: Aged): number => b.ageMs - a.ageMs || (a.peer < b.peer ? -1 : 1)
