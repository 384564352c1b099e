import type * as Y from 'yjs'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { docShape } from './doc-shape.ts'
import { createSheetKeeper, type SheetKeeperOptions } from './sheet-keeper.ts'
import { changesOn, createSheets } from './sheets.ts'

export interface CompactorOptions extends Omit<SheetKeeperOptions, 'sheets' | 'timers'> {
  readonly timers: Pick<Timers, 'after'>
  /** Whether it is on us to begin new sheets; not more than one of those who are linked had better say yes. */
  readonly mayCompact: () => boolean
}

/** A sheet with fewer changes is left as it is. */
const MIN_CHANGES = 256
/** And one with fewer than so many for each thing that stands on it, for the new one has to say all of them. */
const CHANGES_PER_ENTRY = 0.5
const QUIET_MS = 2000
/** With so many times the changes it is not waited for quiet. */
const URGENT = 2

/** Marks a new sheet in place of an old one. */
const COMPACTION = Symbol('compaction')

/**
 * Keeps the document small: a sheet on which much was written gives way to a new one that begins with what stands.
 * Until then every overwritten value stays in the document for ever.
 */
export function createCompactor(options: CompactorOptions): { readonly close: Undo } {
  const { doc, timers } = options
  const { sheets: root } = docShape(doc)
  const sheets = createSheets(doc)
  const scope = createScope()
  const changes = new Map<TrackId, number>()
  const limits = new Map<TrackId, number>()
  const waiting = new Map<TrackId, Undo>()

  const limitOf = (track: TrackId): number => limits.get(track) ?? MIN_CHANGES
  const stopWaiting = (track: TrackId): void => {
    waiting.get(track)?.()
    waiting.delete(track)
  }
  const compact = (track: TrackId): void => {
    const sheet = sheets.of(track)
    if (sheet === undefined || !options.mayWrite() || !options.mayCompact()) return
    const weight = changesOn(sheet)
    changes.set(track, weight)
    if (weight < limitOf(track)) return
    doc.transact(() => {
      sheets.rewrite(track)
    }, COMPACTION)
  }
  const consider = (track: TrackId): void => {
    stopWaiting(track)
    const count = changes.get(track) ?? 0
    const limit = limitOf(track)
    if (count < limit) return
    // Later: Yjs is still telling others of the change that was one too many.
    const delayMs = count >= URGENT * limit ? 0 : QUIET_MS
    waiting.set(
      track,
      timers.after(delayMs, () => {
        waiting.delete(track)
        compact(track)
      }),
    )
  }
  const count = (track: TrackId): void => {
    const sheet = sheets.of(track)
    const standing = sheets.keys(track).size
    changes.set(track, sheet === undefined ? 0 : changesOn(sheet))
    limits.set(track, Math.max(MIN_CHANGES, standing * CHANGES_PER_ENTRY))
    consider(track)
  }
  const weigh = ({ changed }: Y.Transaction): void => {
    const switched = new Set(changed.get(root as never) ?? [])
    for (const track of switched) if (isTrackId(track)) count(track)
    for (const [type, keys] of changed) {
      const track = sheets.trackOf(type)
      if (track === undefined || switched.has(track)) continue
      changes.set(track, (changes.get(track) ?? 0) + keys.size)
      consider(track)
    }
  }

  scope.own(createSheetKeeper({ ...options, sheets }))
  for (const track of root.keys()) if (isTrackId(track)) count(track)
  // After Yjs's `update`, so that sending a change waits for nothing here.
  const onDone = (_doc: Y.Doc, transactions: readonly Y.Transaction[]): void => {
    transactions.forEach(weigh)
  }
  doc.on('afterAllTransactions', onDone)
  scope.own(() => {
    doc.off('afterAllTransactions', onDone)
    for (const undo of waiting.values()) undo()
  })
  return { close: scope.close }
}
