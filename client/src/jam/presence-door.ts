import type { PeerId } from '@beatcord/shared'
import * as encoding from 'lib0/encoding'
import type { Mesh } from '../net/mesh.ts'
import { clientIdOf } from './client-id.ts'
import type { DocFrame } from './gate.ts'

type Said = Pick<DocFrame & { kind: 'awareness' }, 'clock' | 'state'>

/** Takes what a peer says of itself as just that, whatever client it names. */
export interface PresenceDoor {
  /** @returns what to apply; undefined when the clock has jumped where no tab gets to */
  admit(from: PeerId, said: Said): Uint8Array | undefined
  /** The awareness client that stands for a peer. */
  clientOf(peer: PeerId): number | undefined
  /** @returns the client whose state goes with the peer */
  forget(peer: PeerId): number | undefined
}

/** A tab says something every 15 s, and with each change: more at once is a clock set ahead, to silence what follows. */
const MAX_CLOCK_JUMP = 1000
const MAX_FIRST_CLOCK = 1_000_000

export function createPresenceDoor(mesh: Pick<Mesh, 'pageOf'>): PresenceDoor {
  const known = new Map<PeerId, { readonly client: number; readonly clock: number }>()

  return {
    admit(from, { clock, state }) {
      const page = mesh.pageOf(from)
      if (page === undefined) return undefined
      // Theirs by who they are and not by what they say, so that nobody takes another's place.
      const client = clientIdOf({ peer: from, page }, 0)
      const before = known.get(from)
      const most = before?.client === client ? before.clock + MAX_CLOCK_JUMP : MAX_FIRST_CLOCK
      if (clock > most) return undefined
      known.set(from, { client, clock: Math.max(clock, before?.clock ?? 0) })
      return awarenessUpdate(client, clock, state)
    },
    clientOf: (peer) => known.get(peer)?.client,
    forget(peer) {
      const client = known.get(peer)?.client
      known.delete(peer)
      return client
    },
  }
}

function awarenessUpdate(client: number, clock: number, state: unknown): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint(encoder, client)
  encoding.writeVarUint(encoder, clock)
  encoding.writeVarString(encoder, JSON.stringify(state))
  return encoding.toUint8Array(encoder)
}
