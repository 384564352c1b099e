import type * as Y from 'yjs'
import { SONG_SCHEMA } from '../sequence/song.ts'
import { docShape, MY_EDIT } from './doc-shape.ts'

/** Brings a document of one schema to the next; runs inside a transaction. */
type Migration = (doc: Y.Doc) => void

/** By the schema they start from. */
const MIGRATIONS: readonly Migration[] = [
  // 0 → 1: a song written before it said its schema has the same entries.
  () => undefined,
]

/** The document's schema: 0 when it does not say. */
export function schemaOf(room: Y.Map<unknown>): number {
  const value = room.get('schema')
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0
}

/** Whether this build may write to the document: a newer schema is only read. */
export const isNewer = (doc: Y.Doc): boolean => schemaOf(docShape(doc).room) > SONG_SCHEMA

/** Brings an older document to this build's schema; a newer one is left as it is. */
export function migrate(doc: Y.Doc, migrations: readonly Migration[] = MIGRATIONS): void {
  const { room } = docShape(doc)
  const from = schemaOf(room)
  if (from >= migrations.length) return
  doc.transact(() => {
    for (const migration of migrations.slice(from)) migration(doc)
    room.set('schema', migrations.length)
  }, MY_EDIT)
}
