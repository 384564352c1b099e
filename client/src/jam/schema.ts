import type * as Y from 'yjs'
import { SONG_SCHEMA } from '../sequence/song.ts'
import { docShape, MY_EDIT, splitFlatEntry } from './doc-shape.ts'
import { createSheets } from './sheets.ts'

/** Brings a document of one schema to the next; runs inside a transaction. */
type Migration = (doc: Y.Doc) => void

/** By the schema they start from. */
const MIGRATIONS: readonly Migration[] = [
  // 0 → 1: a song written before it said its schema has the same entries.
  () => undefined,
  // 1 → 2: every track gets a sheet of its own, so that what was overwritten can be forgotten.
  (doc) => {
    const shape = docShape(doc)
    const sheets = createSheets(doc)
    const tracks = (['notes', 'params'] as const).flatMap((map) =>
      [...shape[map].keys()].flatMap((key) => splitFlatEntry(map, key)?.track ?? []),
    )
    for (const track of new Set(tracks)) sheets.rewrite(track)
  },
  // 2 → 3: notes may say more than velocity and length, and tracks be drums: what schema 2 would leave out unheard.
  () => undefined,
  // 3 → 4: eight patterns a track, of up to 64 steps, a length and swing of its own, and launches.
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
