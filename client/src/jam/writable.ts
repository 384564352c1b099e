import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { MAX_UPDATE_BYTES } from './gate.ts'
import { isNewer } from './schema.ts'

/** Whether the song may be changed here. */
export type Writable = 'yes' | 'newer-song' | 'full'

/** A song beyond this would no longer reach a newcomer in one answer. */
const MAX_SONG_BYTES = MAX_UPDATE_BYTES - 64 * 1024

/** Watches the document's schema and size. */
export function createWritable(doc: Y.Doc): {
  readonly writable: Live<Writable>
  readonly close: Undo
} {
  // An upper bound, counted anew only where it matters: encoding the whole document costs more than a change.
  let bytes = Y.encodeStateAsUpdate(doc).length
  const judge = (): Writable => {
    if (isNewer(doc)) return 'newer-song'
    return bytes > MAX_SONG_BYTES ? 'full' : 'yes'
  }
  const writable = createLive(judge())
  const onUpdate = (update: Uint8Array): void => {
    bytes += update.length
    if (bytes > MAX_SONG_BYTES) bytes = Y.encodeStateAsUpdate(doc).length
    writable.set(judge())
  }
  doc.on('update', onUpdate)
  return {
    writable,
    close: () => {
      doc.off('update', onUpdate)
    },
  }
}
