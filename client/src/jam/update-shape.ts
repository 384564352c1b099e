import * as Y from 'yjs'
import { walkUpdate } from './update-walk.ts'

/** What an update brings and what it stands on, without looking at any document. */
export interface UpdateShape {
  /** Clocks that it brings, by client: the first, and the one after the last. */
  readonly brings: ReadonlyMap<number, { readonly from: number; readonly to: number }>
  /** Clocks, by client, that the document must have reached by itself. */
  readonly follows: ReadonlyMap<number, number>
  /** Clocks, by client, that the document must have reached with the update's own help. */
  readonly refersTo: ReadonlyMap<number, number>
}

/**
 * Reads a stranger's update for its shape alone; undefined when it is none, or holds what no song has (a document, a
 * nesting without end, an object of a foreign make, a crowd of tiny structs). Never throws, and allocates no more than
 * the bytes account for.
 *
 * @param maxPieces  most structs and values, ranges that are taken away counting half
 */
export function readUpdateShape(update: Uint8Array, maxPieces: number): UpdateShape | undefined {
  const brings = new Map<number, { from: number; to: number }>()
  const follows = new Map<number, number>()
  const refersTo = new Map<number, number>()
  try {
    walkUpdate(update, maxPieces, {
      struct({ kind, client, clock, length, references }) {
        const end = clock + length
        if (kind === 'skip') {
          raise(follows, client, end)
          return
        }
        const brought = brings.get(client)
        if (brought === undefined) raise(follows, client, clock)
        brings.set(client, { from: brought?.from ?? clock, to: end })
        for (const id of references) raise(refersTo, id.client, id.clock + 1)
      },
      taken({ client, clock, length }) {
        raise(refersTo, client, clock + length)
      },
    })
    return { brings, follows, refersTo }
  } catch {
    // Whatever it is, Yjs could not read it either, or should not.
    return undefined
  }
}

function raise(clocks: Map<number, number>, client: number, clock: number): void {
  if (clock > (clocks.get(client) ?? 0)) clocks.set(client, clock)
}

/** A clock that some client must have reached. */
export interface Missing {
  readonly client: number
  readonly clock: number
}

/** What the document still lacks for this update, or one of it; undefined when nothing would be left pending. */
export function firstMissing(
  doc: Y.Doc,
  { brings, follows, refersTo }: UpdateShape,
): Missing | undefined {
  for (const [client, clock] of follows) {
    if (clock > Y.getState(doc.store, client)) return { client, clock }
  }
  for (const [client, clock] of refersTo) {
    const reached = Math.max(Y.getState(doc.store, client), brings.get(client)?.to ?? 0)
    if (clock > reached) return { client, clock }
  }
  return undefined
}
