import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { Mesh } from '../net/mesh.ts'
import { syncFrame } from './doc-frames.ts'
import { ASK } from './gate.ts'

/** What we asked of whom: only an answer to it may bring what third parties wrote. */
export interface Asking {
  /** A link opened, or goes another way: what was asked before may never be answered. */
  begin(peer: PeerId): void
  end(peer: PeerId): void
  /** Asks for what we lack. */
  ask(peer: PeerId): void
  /** Asks for everything, to see whether it is the same. */
  askWhole(peer: PeerId): void
  /** An answer came. @returns what had been asked; undefined when nothing had */
  answered(peer: PeerId): 'lack' | 'whole' | undefined
  /** Somebody asked us and said so what they have: asks back when that is more than ours. */
  heardAsk(peer: PeerId, stateVector: Uint8Array): void
}

const NOTHING = Uint8Array.of(0)

export function createAsking(doc: Y.Doc, mesh: Pick<Mesh, 'send'>): Asking {
  const open = new Map<PeerId, { lacks: number; whole: boolean }>()

  function ask(peer: PeerId): void {
    const asked = open.get(peer)
    if (asked === undefined) return
    if (mesh.send(peer, 'doc', syncFrame(ASK, Y.encodeStateVector(doc)))) asked.lacks += 1
  }

  return {
    begin(peer) {
      open.set(peer, { lacks: 0, whole: false })
      ask(peer)
    },
    end(peer) {
      open.delete(peer)
    },
    ask,
    askWhole(peer) {
      const asked = open.get(peer)
      if (asked === undefined) return
      if (mesh.send(peer, 'doc', syncFrame(ASK, NOTHING))) asked.whole = true
    },
    answered(peer) {
      const asked = open.get(peer)
      if (asked === undefined) return undefined
      // Answers overtake each other; one that was meant for the other question only makes the comparison come later.
      if (asked.whole) {
        asked.whole = false
        return 'whole'
      }
      if (asked.lacks === 0) return undefined
      asked.lacks -= 1
      return 'lack'
    },
    heardAsk(peer, stateVector) {
      const asked = open.get(peer)
      if (asked === undefined || asked.lacks > 0) return
      const theirs = Y.decodeStateVector(stateVector)
      const isAhead = [...theirs].some(([client, clock]) => clock > Y.getState(doc.store, client))
      if (isAhead) ask(peer)
    },
  }
}
