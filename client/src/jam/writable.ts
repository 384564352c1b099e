import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { docShape } from './doc-shape.ts'
import { isNewer } from './schema.ts'

/** Whether the song may be changed here. `nearly-full` may, and people should be told; `full` only be made smaller. */
export type Writable = 'yes' | 'nearly-full' | 'newer-song' | 'full'

/** Why a change is not made. */
export type Refusal = Exclude<Writable, 'yes' | 'nearly-full'>

/** Undefined when the change may be made. */
export function refusalOf(writable: Writable, makesSmaller = false): Refusal | undefined {
  if (writable === 'newer-song') return writable
  return writable === 'full' && !makesSmaller ? writable : undefined
}

/** From here on people are warned. */
const SOFT_BYTES = 1024 * 1024
/** From here on nothing is added: it would take newcomers too long to get. */
const HARD_BYTES = 4 * 1024 * 1024
/** Encoding the whole document costs more than a change: it is done once for so many bytes that were added. */
const RECOUNT_BYTES = 64 * 1024

export interface SongSize {
  readonly bytes: number
  readonly capBytes: number
}

/** Watches the document's schema and size. */
export function createWritable(doc: Y.Doc): {
  readonly writable: Live<Writable>
  /** How large the document is, and may get. Costs an encoding when something changed since it was last asked. */
  size(): SongSize
  readonly close: Undo
} {
  const { sheets } = docShape(doc)
  let exact = Y.encodeStateAsUpdate(doc).length
  /** What came in since then; the document has grown by no more. */
  let added = 0
  const recount = (): void => {
    exact = Y.encodeStateAsUpdate(doc).length
    added = 0
  }
  const judge = (): Writable => {
    if (isNewer(doc)) return 'newer-song'
    const bytes = exact + added
    if (bytes > HARD_BYTES) return 'full'
    return bytes > SOFT_BYTES ? 'nearly-full' : 'yes'
  }
  const writable = createLive(judge())
  const onUpdate = (
    update: Uint8Array,
    _origin: unknown,
    _doc: Y.Doc,
    { changed }: Y.Transaction,
  ): void => {
    added += update.length
    const before = writable.read()
    const sheetBegan = changed.has(sheets as never)
    if (judge() !== before || added > RECOUNT_BYTES || (sheetBegan && before !== 'yes')) {
      recount()
    }
    writable.set(judge())
  }
  doc.on('update', onUpdate)
  return {
    writable,
    size() {
      if (added > 0) recount()
      return { bytes: exact, capBytes: HARD_BYTES }
    },
    close: () => {
      doc.off('update', onUpdate)
    },
  }
}
