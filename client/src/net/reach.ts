import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import type { ControlMessage } from './control-message.ts'
import type { LinkChange } from './mesh.ts'
import type { Timers } from './timers.ts'

/** Changes that come close together are told as one. */
const TELL_AFTER_MS = 250

export interface ReachOptions {
  readonly timers: Timers
  /** Whom we have open links to. */
  readonly peers: () => readonly PeerId[]
  /** False when so much waits for that peer that it takes no more. */
  readonly send: (to: PeerId, message: ControlMessage) => boolean
}

/** Who reaches whom: tells the linked peers of our links, and remembers what they tell of theirs. */
export interface Reach {
  onLink(peer: PeerId, change: LinkChange): void
  hear(from: PeerId, peers: readonly PeerId[]): void
  /** Undefined before a linked peer has said. */
  of(peer: PeerId): ReadonlySet<PeerId> | undefined
  /** Linked peers that say they reach this one, in the order of their ids. */
  reaching(peer: PeerId): readonly PeerId[]
  close: Undo
}

export function createReach({ timers, peers, send }: ReachOptions): Reach {
  const said = new Map<PeerId, ReadonlySet<PeerId>>()
  const told = new Map<PeerId, string>()
  let undoTell: Undo | undefined

  function tell(to: PeerId): void {
    const reached = peers().filter((peer) => peer !== to)
    const text = reached.toSorted().join()
    if (told.get(to) === text) return
    if (send(to, { kind: 'reach', peers: reached })) told.set(to, text)
    else tellAllSoon()
  }

  function tellAllSoon(): void {
    undoTell ??= timers.after(TELL_AFTER_MS, () => {
      undoTell = undefined
      for (const peer of peers()) tell(peer)
    })
  }

  return {
    onLink(peer, change) {
      // What was on the way when the link closed or moved may be lost.
      told.delete(peer)
      if (change === 'closed') said.delete(peer)
      else tell(peer)
      if (change !== 'moved') tellAllSoon()
    },
    hear(from, reached) {
      said.set(from, new Set(reached))
    },
    of: (peer) => said.get(peer),
    reaching: (peer) =>
      peers()
        .filter((each) => said.get(each)?.has(peer) === true)
        .toSorted(),
    close() {
      undoTell?.()
    },
  }
}
