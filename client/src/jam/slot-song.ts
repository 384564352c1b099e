import * as Y from 'yjs'
import { MAX_ANSWER_PIECES, MAX_UPDATE_BYTES } from './gate.ts'
import { lackedBytes } from './lacked-bytes.ts'
import { FROM_PEER } from './own-updates.ts'
import { firstMissing, readUpdateShape } from './update-shape.ts'

/** A song that was kept elsewhere and may be taken in. */
export interface KeptSong {
  readonly update: Uint8Array
  /** What it says by itself, to see later whether there is more. */
  readonly snapshot: Y.Snapshot
}

/** Beyond it two songs do not become one: as of a peer's answer, SYNC3. */
const MOST_BYTES = 5 * 1024 * 1024

/** All of a song, and what it says. */
export function keepSong(doc: Y.Doc): KeptSong {
  return { update: Y.encodeStateAsUpdate(doc), snapshot: Y.snapshot(doc) }
}

export const isEmptySong = (doc: Y.Doc): boolean => doc.store.clients.size === 0

/** Whether both say the same, edits and deletions. */
export const isSameSong = (a: Y.Snapshot, b: Y.Snapshot): boolean => Y.equalSnapshots(a, b)

/** Judges bytes as those of a peer's answer, and whether they are a song by themselves; undefined when not. */
export function judgeSong(update: Uint8Array): KeptSong | undefined {
  if (update.length > MAX_UPDATE_BYTES) return undefined
  const shape = readUpdateShape(update, MAX_ANSWER_PIECES)
  const alone = new Y.Doc()
  if (shape === undefined || firstMissing(alone, shape) !== undefined) return undefined
  if (!applies(alone, update)) return undefined
  const snapshot = Y.snapshot(alone)
  alone.destroy()
  return { update, snapshot }
}

/** Takes a song into ours, as what a peer answered; both are in it then. `too-large`: it is left out. */
export function takeSong(doc: Y.Doc, { update }: KeptSong): 'changed' | 'same' | 'too-large' {
  const hasRoom =
    isEmptySong(doc) || Y.encodeStateAsUpdate(doc).length + lackedBytes(doc, update) <= MOST_BYTES
  if (!hasRoom) return 'too-large'
  const before = Y.snapshot(doc)
  applies(doc, update)
  return Y.equalSnapshots(before, Y.snapshot(doc)) ? 'same' : 'changed'
}

/** Yjs throws on what no Yjs writes. */
function applies(doc: Y.Doc, update: Uint8Array): boolean {
  return Y.transact(
    doc,
    () => {
      try {
        Y.applyUpdate(doc, update, FROM_PEER)
        return true
      } catch {
        return false
      }
    },
    FROM_PEER,
    false,
  )
}
