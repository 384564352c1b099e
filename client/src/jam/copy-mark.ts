import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import { toHex } from '../lib/hex.ts'
import type { Undo } from '../lib/scope.ts'

/** What one peer's copy of the document is known by at a moment. */
export interface CopyMark {
  /** 16 bytes as hex; equal where the same updates have been heard of. */
  readonly state: string
  /** 16 bytes as hex; equal where the same things stand in the song. */
  readonly content: string
}

export interface CopyMarks {
  /** The state as it is now; cheap. */
  state(): string
  /** State and content of one and the same moment. */
  read(): Promise<CopyMark>
  close: Undo
}

const MARK_BYTES = 16

/** Marks one document; the content is read anew only when it changed. */
export function createCopyMarks(doc: Y.Doc): CopyMarks {
  let known: Promise<CopyMark> | undefined
  const onUpdate = (): void => {
    known = undefined
  }
  doc.on('update', onUpdate)
  return {
    state: () => stateOf(doc),
    read: () => (known ??= markOf(doc)),
    close() {
      doc.off('update', onUpdate)
    },
  }
}

/** Yjs tells two copies apart by their state alone, and so never finds out when equal states hold different songs. */
export async function markOf(doc: Y.Doc): Promise<CopyMark> {
  const state = stateOf(doc)
  const content = new TextEncoder().encode(JSON.stringify(contentOf(doc)))
  const hash = await crypto.subtle.digest('SHA-256', content)
  return { state, content: shortHex(new Uint8Array(hash)) }
}

function stateOf(doc: Y.Doc): string {
  const clocks = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b)
  return shortHex(digest(new TextEncoder().encode(JSON.stringify(clocks))))
}

/** Everything in the document, in an order that is everybody's. */
const contentOf = (doc: Y.Doc): readonly unknown[] =>
  [...doc.share]
    .filter(([, type]) => type instanceof Y.Map || type instanceof Y.Array)
    .map(([name, type]) => [name, inOrder(type.toJSON() as object)] as const)
    // A root that was merely looked at is in some copies and not in others.
    .filter(([, content]) => content.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))

function inOrder(value: object): readonly unknown[] {
  const order = (each: unknown): unknown =>
    typeof each === 'object' && each !== null ? inOrder(each) : each
  if (Array.isArray(value)) return value.map(order)
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => [key, order(each)])
}

const shortHex = (bytes: Uint8Array): string => toHex(bytes.subarray(0, MARK_BYTES))
