import type { PeerId } from '@beatcord/shared'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'

/** Sends things over the live lane of which only the latest value counts. */
export interface LatestSender {
  /** The value of this thing is another now. */
  changed(thing: string): void
  /** Nothing more need be said about it. */
  forget(thing: string): void
  close: Undo
}

export interface LatestSenderOptions {
  readonly mesh: Pick<Mesh, 'peers' | 'send' | 'onPeer'>
  readonly timers: Pick<Timers, 'after'>
  /** Nobody hears of anything more often than once in so long. */
  readonly periodMs: number
  /** Most things in one frame; the others wait for the next. */
  readonly maxThings: number
  /** @param number  of the frame, from 1, for frames may overtake each other */
  readonly encode: (things: readonly string[], number: number) => Uint8Array
}

/** At once when nothing was sent lately, else when the period is over; whoever is congested gets the latest later. */
export function createLatestSender(options: LatestSenderOptions): LatestSender {
  const { mesh, timers, periodMs } = options
  const scope = createScope()
  const owed = new Map<PeerId, Set<string>>()
  let undoPause: Undo | undefined
  let number = 0

  const send = (): void => {
    number += 1
    for (const peer of mesh.peers()) {
      const things = [...(owed.get(peer) ?? [])].slice(0, options.maxThings)
      if (things.length === 0 || !mesh.send(peer, 'live', options.encode(things, number))) continue
      for (const thing of things) owed.get(peer)?.delete(thing)
    }
    undoPause = timers.after(periodMs, () => {
      undoPause = undefined
      if ([...owed.values()].some((things) => things.size > 0)) send()
    })
  }
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change === 'closed') owed.delete(peer)
    }),
  )
  scope.own(() => undoPause?.())
  return {
    changed(thing) {
      for (const peer of mesh.peers()) {
        const things = owed.get(peer) ?? new Set()
        owed.set(peer, things.add(thing))
      }
      if (undoPause === undefined && owed.size > 0) send()
    },
    forget(thing) {
      for (const things of owed.values()) things.delete(thing)
    },
    close: scope.close,
  }
}
