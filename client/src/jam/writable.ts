import type { Role } from '@beatcord/shared'
import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { docShape } from './doc-shape.ts'
import { MAX_UPDATE_BYTES } from './gate.ts'
import { isNewer } from './schema.ts'

/**
 * Whether the song may be changed here; a listener may not. `full` may only be made smaller; `nearly-full` and `two-songs` may be changed,
 * and people should be told: somebody has another song, and the two are too large to become one.
 */
export type Writable = 'yes' | 'nearly-full' | 'two-songs' | 'newer-song' | 'full' | 'listening'

/** Why a change is not made. */
export type Refusal = Exclude<Writable, 'yes' | 'nearly-full' | 'two-songs'>

/** Whether nothing at all is written, not even what a page writes by itself. */
export const isForReading = (writable: Writable): writable is 'newer-song' | 'listening' =>
  writable === 'newer-song' || writable === 'listening'

/** Undefined when the change may be made. */
export function refusalOf(writable: Writable, makesSmaller = false): Refusal | undefined {
  if (isForReading(writable)) return writable
  return writable === 'full' && !makesSmaller ? writable : undefined
}

/** From here on people are warned. */
const SOFT_BYTES = 1024 * 1024
/** From here on nothing is added: it would take newcomers too long to get. */
const HARD_BYTES = 4 * 1024 * 1024
/**
 * What others add is taken up to here: their browser may find out late that the song is full. Beyond it only what is
 * small is taken, for what takes away adds a little too.
 */
const MOST_BYTES = HARD_BYTES + 1024 * 1024
const SMALL_BYTES = 64 * 1024
/** And that up to here, so that a newcomer gets all of it in one answer. */
const LAST_BYTES = MAX_UPDATE_BYTES - SMALL_BYTES
/** Encoding the whole document costs more than a change: it is done once for so many bytes that were added. */
const RECOUNT_BYTES = 64 * 1024

export interface SongSize {
  readonly bytes: number
  readonly capBytes: number
}

/** Whether there is room in the song for what others bring. */
export interface SongRoom {
  /** Whether it is as large as people may fill it: honest ones then only make it smaller. */
  isFull(): boolean
  /** Whether it stays within its size when so many bytes come in, whatever they take away. */
  hasRoomFor(bytes: number): boolean
  /** Whether somebody has a song that does not fit in here along with ours. */
  setApart(isApart: boolean): void
}

/** Watches the document's schema and size. */
export function createWritable(
  doc: Y.Doc,
  role: Live<Role>,
): {
  readonly writable: Live<Writable>
  /** How large the document is, and may get. Costs an encoding when something changed since it was last asked. */
  size(): SongSize
  readonly room: SongRoom
  /** Whether the song stays within what people may fill, so many bytes added. */
  mayAdd(bytes: number): boolean
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
  let isApart = false
  const isWithin = (bytes: number, mostBytes: number): boolean => {
    if (exact + added + bytes <= mostBytes) return true
    if (added > 0) recount()
    return exact + bytes <= mostBytes
  }
  const judge = (): Writable => {
    if (isNewer(doc)) return 'newer-song'
    if (role.read() === 'listener') return 'listening'
    const bytes = exact + added
    if (bytes > HARD_BYTES) return 'full'
    if (isApart) return 'two-songs'
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
  const undoRole = role.subscribe(() => {
    writable.set(judge())
  })
  return {
    writable,
    size() {
      if (added > 0) recount()
      return { bytes: exact, capBytes: HARD_BYTES }
    },
    room: {
      isFull: () => exact + added > HARD_BYTES,
      hasRoomFor: (bytes) => isWithin(bytes, bytes > SMALL_BYTES ? MOST_BYTES : LAST_BYTES),
      setApart(value) {
        isApart = value
        writable.set(judge())
      },
    },
    mayAdd: (bytes) => isWithin(bytes, HARD_BYTES),
    close: () => {
      undoRole()
      doc.off('update', onUpdate)
    },
  }
}
