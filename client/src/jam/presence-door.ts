import type { PeerId } from '@beatcord/shared'
import type { Awareness } from 'y-protocols/awareness'
import type { DocFrame } from './gate.ts'

type Said = Pick<DocFrame & { kind: 'awareness' }, 'clientId' | 'clock'>

/** Lets each peer speak of itself alone, in its own time. */
export interface PresenceDoor {
  /** False when the state is somebody else's, or its clock has jumped where no tab gets to. */
  admits(from: PeerId, said: Said): boolean
  clientOf(peer: PeerId): number | undefined
  /** @returns the client whose state goes with the peer */
  forget(peer: PeerId): number | undefined
}

/** A tab says something every 15 s, and with each change: more at once is a clock set ahead, to silence what follows. */
const MAX_CLOCK_JUMP = 1000
const MAX_FIRST_CLOCK = 1_000_000

export function createPresenceDoor(awareness: Pick<Awareness, 'clientID'>): PresenceDoor {
  const known = new Map<PeerId, Said>()

  const isTaken = (from: PeerId, clientId: number): boolean =>
    clientId === awareness.clientID ||
    [...known].some(([peer, said]) => said.clientId === clientId && peer !== from)

  return {
    admits(from, { clientId, clock }) {
      const before = known.get(from)
      if (isTaken(from, clientId)) return false
      if (before !== undefined && before.clientId !== clientId) return false
      const most = before === undefined ? MAX_FIRST_CLOCK : before.clock + MAX_CLOCK_JUMP
      if (clock > most) return false
      known.set(from, { clientId, clock: Math.max(clock, before?.clock ?? 0) })
      return true
    },
    clientOf: (peer) => known.get(peer)?.clientId,
    forget(peer) {
      const clientId = known.get(peer)?.clientId
      known.delete(peer)
      return clientId
    },
  }
}
