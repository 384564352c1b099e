import type { PeerId } from '@beatcord/shared'
import * as Y from 'yjs'
import type { Brought } from './gate.ts'
import { firstMissing, type Missing } from './update-shape.ts'

/** Of one sender; beyond it all that waits of them is dropped and asked for anew. */
const MAX_HELD_BYTES = 256 * 1024
const MAX_HELD_COUNT = 4096
const MAX_HELD_MS = 10_000

/**
 * Updates that came before what they stand on, as happens where nothing keeps their order. They wait out here and not
 * inside Yjs, which would merge all that waits anew with each one that comes.
 */
export interface EarlyUpdates {
  /** Applies the update when the document has all that it stands on, then whatever waited for it; else keeps it. */
  take(early: Early): 'applied' | 'held' | 'too-much'
  /** Applies what waited for something that the document has got by another way. */
  retry(): void
  /** Drops what has waited for too long. @returns the senders to ask anew */
  expire(nowMs: number): readonly PeerId[]
  forget(from: PeerId): void
}

export interface Early {
  readonly from: PeerId
  readonly brought: Brought
  readonly arrivedMs: number
  readonly apply: () => void
}

interface Held {
  readonly early: Early
  /** The clock it waits for. */
  readonly clock: number
}

export function createEarlyUpdates(doc: Y.Doc): EarlyUpdates {
  /** By the client they wait for, the lowest clock first: most comings then unblock by a look at one. */
  const waiting = new Map<number, Held[]>()
  const sums = new Map<PeerId, { bytes: number; count: number }>()

  const sumOf = (from: PeerId): { bytes: number; count: number } =>
    sums.get(from) ?? { bytes: 0, count: 0 }

  function account({ from, brought }: Early, sign: 1 | -1): void {
    const { bytes, count } = sumOf(from)
    const next = { bytes: bytes + sign * brought.update.length, count: count + sign }
    if (next.count === 0) sums.delete(from)
    else sums.set(from, next)
  }

  function hold(early: Early, { client, clock }: Missing): void {
    const queue = waiting.get(client) ?? []
    waiting.set(client, queue)
    let at = queue.length
    while (at > 0 && (queue[at - 1]?.clock ?? 0) > clock) at -= 1
    queue.splice(at, 0, { early, clock })
    account(early, 1)
  }

  /** Takes out what the document has reached; what now waits for something else is filed there. */
  function unblocked(client: number): readonly Early[] {
    const queue = waiting.get(client) ?? []
    const state = Y.getState(doc.store, client)
    const firstBlocked = queue.findIndex(({ clock }) => clock > state)
    const reached = queue.splice(0, firstBlocked < 0 ? queue.length : firstBlocked)
    if (queue.length === 0) waiting.delete(client)
    return reached.flatMap(({ early }) => {
      account(early, -1)
      const missing = firstMissing(doc, early.brought.shape)
      if (missing === undefined) return [early]
      hold(early, missing)
      return []
    })
  }

  function applyAll(first: readonly Early[]): void {
    const ready = [...first]
    for (let early = ready.pop(); early !== undefined; early = ready.pop()) {
      early.apply()
      for (const client of early.brought.shape.brings.keys()) ready.push(...unblocked(client))
    }
  }

  function dropWhere(isDropped: (early: Early) => boolean): readonly Early[] {
    const dropped: Early[] = []
    for (const [client, queue] of waiting) {
      const kept = queue.filter(({ early }) => {
        if (!isDropped(early)) return true
        dropped.push(early)
        account(early, -1)
        return false
      })
      if (kept.length === 0) waiting.delete(client)
      else waiting.set(client, kept)
    }
    return dropped
  }

  return {
    take(early) {
      const missing = firstMissing(doc, early.brought.shape)
      if (missing === undefined) {
        applyAll([early])
        return 'applied'
      }
      const { bytes, count } = sumOf(early.from)
      if (bytes + early.brought.update.length > MAX_HELD_BYTES || count >= MAX_HELD_COUNT) {
        dropWhere(({ from }) => from === early.from)
        return 'too-much'
      }
      hold(early, missing)
      return 'held'
    },
    retry() {
      applyAll([...waiting.keys()].flatMap(unblocked))
    },
    expire(nowMs) {
      const dropped = dropWhere(({ arrivedMs }) => nowMs - arrivedMs >= MAX_HELD_MS)
      return [...new Set(dropped.map(({ from }) => from))]
    },
    forget(peer) {
      dropWhere(({ from }) => from === peer)
    },
  }
}
