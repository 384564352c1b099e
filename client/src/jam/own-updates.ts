import * as Y from 'yjs'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Member, Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import { clientIdOf, IDS_OF_PAGE } from './client-id.ts'
import type { DoubtFrame } from './doubt-frame.ts'
import { LIVE_UPDATE, liveFrame } from './live-kinds.ts'

/** Origin of transactions that a peer's bytes caused. */
export const FROM_PEER = Symbol('from a peer')

/** Longest update that also goes over the live lane. */
const MAX_LIVE_UPDATE_BYTES = 1000
/**
 * The second copy leaves so much later that it shares no packet with the first one: on a path that loses one packet in
 * twenty the two together lose one edit in four hundred, and that one has the document's own lane.
 */
const SECOND_COPY_MS = 15
const LEAVE_EVERY_MS = 10_000

/** What this page itself writes, and how it gets out. */
export interface OwnUpdates {
  /** Whether the change that is being told right now is this page's own. */
  isOwn(): boolean
  /** Takes up the client id that our seat and page give us; to be called before the first edit that others hear of. */
  claim(): void
  /** Others have heard of something under our client id that we have not written: we go on under the next one. */
  doubt(doubt: DoubtFrame): void
  close: Undo
}

/** @param onStrange the document changed by neither a peer nor this page's edit (the disk was late): others may lack it */
export function createOwnUpdates(
  doc: Y.Doc,
  mesh: Mesh,
  timers: Timers,
  onStrange: Undo,
): OwnUpdates {
  const scope = createScope()
  const copies = createWaits(timers)
  let own = true
  let number = 0
  let leftMs = -Infinity
  let claimed: { readonly by: string; readonly id: number } | undefined

  function claim(): void {
    const self = mesh.self()
    if (self === undefined) return
    const by = `${self.peer}|${self.page}`
    if (claimed?.by !== by) number = 0
    else if (doc.clientID === claimed.id) return
    // Yjs gives an id up when somebody else wrote under it: the page's next one is free.
    else number += 1
    takeUp(self, by)
  }

  function takeUp(self: Member, by: string): void {
    // In a copy that we took over from others something may stand under it that we did not write.
    while (Y.getState(doc.store, clientIdOf(self, number)) > 0) number += 1
    number = Math.min(number, IDS_OF_PAGE - 1)
    claimed = { by, id: clientIdOf(self, number) }
    doc.clientID = claimed.id
  }

  function doubt({ client, clock }: DoubtFrame): void {
    const self = mesh.self()
    if (self === undefined || client !== claimed?.id || clock <= Y.getState(doc.store, client))
      return
    // Whoever makes it up can do so again, and there are not that many.
    if (timers.now() - leftMs < LEAVE_EVERY_MS) return
    leftMs = timers.now()
    number = Math.min(number + 1, IDS_OF_PAGE - 1)
    takeUp(self, claimed.by)
  }

  function isFirstHand(origin: unknown, transaction: Y.Transaction): boolean {
    return origin !== FROM_PEER && transaction.local && doc.clientID === claimed?.id
  }

  function sendCopies(update: Uint8Array): void {
    if (update.length > MAX_LIVE_UPDATE_BYTES) return
    const frame = liveFrame(LIVE_UPDATE, update)
    mesh.broadcast('live', frame)
    copies.after(SECOND_COPY_MS, () => {
      mesh.broadcast('live', frame)
    })
  }

  function claimAgain(): void {
    if (claimed !== undefined) claim()
  }

  const onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    own = isFirstHand(origin, transaction)
    if (own) sendCopies(update)
    else if (origin === FROM_PEER) claimAgain()
    else onStrange()
  }
  doc.on('update', onUpdate)
  scope.own(() => {
    doc.off('update', onUpdate)
    copies.close()
  })

  return { isOwn: () => own, claim, doubt, close: scope.close }
}
