import type { PeerId } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import type { Guest } from './room-types.ts'

/** Those who wait outside one room. */
export interface Knocks {
  /** @returns what ends the waiting; undefined when too many wait already */
  add(guest: Guest): Undo | undefined
  /** Takes somebody out of the waiting; undefined when nobody of that id waits. */
  take(peerId: PeerId): Guest | undefined
  waiting(): readonly Guest[]
}

const MAX_GUESTS = 20

/**
 * @param waitMs how long somebody may wait
 * @param onOver told of everybody who waits no longer, for whatever reason
 */
export function createKnocks(
  clock: Clock,
  waitMs: number,
  onOver: (peerId: PeerId) => void,
): Knocks {
  const guests = new Map<PeerId, { readonly guest: Guest; readonly endWait: Undo }>()

  function take(peerId: PeerId): Guest | undefined {
    const waiting = guests.get(peerId)
    if (waiting === undefined) return undefined
    waiting.endWait()
    guests.delete(peerId)
    onOver(peerId)
    return waiting.guest
  }

  return {
    add(guest) {
      const { peerId } = guest
      take(peerId)?.turnAway('replaced')
      if (guests.size >= MAX_GUESTS) return undefined
      const endWait = clock.after(waitMs, () => {
        take(peerId)?.turnAway('not-let-in')
      })
      guests.set(peerId, { guest, endWait })
      return () => {
        if (guests.get(peerId)?.guest === guest) take(peerId)
      }
    },
    take,
    waiting: () => [...guests.values()].map(({ guest }) => guest),
  }
}
