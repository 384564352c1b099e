import type { PeerId } from '@beatcord/shared'
import type * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import type { PatternName, Pitch } from '../sequence/pattern.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { BASE, docShape } from './doc-shape.ts'
import { cellOfEntry } from './sheet-cells.ts'
import type { SongCopy } from './shared-song.ts'
import type { Sheets } from './sheets.ts'

/** Where somebody else has just written a note, or taken one away. */
export interface EditMark {
  /** Counts from 1; a place that is marked once more has another one. */
  readonly id: number
  readonly peer: PeerId
  readonly track: TrackId
  readonly pattern: PatternName
  readonly step: number
  readonly pitch: Pitch
}

export interface EditMarksOptions {
  readonly copy: Live<SongCopy>
  /** What comes before that is the song as it stands, and nobody's edit of now. */
  readonly synced: Live<boolean>
  readonly timers: Pick<Timers, 'after'>
}

/** No more flashes than two a second, whoever writes: WCAG 2.3.1 allows three. */
const PERIOD_MS = 500
const SHOWN_MS = 1000
/** A change of more notes is a song that was opened, or what somebody wrote while they were away. */
const MOST_MARKED = 64

/** Tells which notes others change, for about a second each; marks that begin do so together, at most twice a second. */
export function createEditMarks(options: EditMarksOptions): {
  readonly marks: Live<readonly EditMark[]>
  readonly close: Undo
} {
  const { copy, timers } = options
  const scope = createScope()
  const marks = createLive<readonly EditMark[]>([])
  const waits = createWaits(timers)
  scope.own(waits.close)
  let due: readonly EditMark[] = []
  let isPausing = false
  let id = 0
  let copyScope = createScope()

  const flash = (): void => {
    if (isPausing || due.length === 0) return
    const begun = due
    due = []
    isPausing = true
    const isAgain = (mark: EditMark): boolean => begun.some((each) => isSamePlace(each, mark))
    marks.set([...marks.read().filter((mark) => !isAgain(mark)), ...begun].slice(-MOST_MARKED))
    waits.after(SHOWN_MS, () => {
      marks.set(marks.read().filter((mark) => !begun.includes(mark)))
    })
    waits.after(PERIOD_MS, () => {
      isPausing = false
      flash()
    })
  }
  const follow = ({ doc, sheets, linkedAuthor }: SongCopy): void => {
    copyScope.close()
    copyScope = createScope()
    const markOf = (track: TrackId, entry: string): EditMark | undefined => {
      const cell = cellOfEntry(entry)
      const written = cell && sheets.entry(track, entry)
      // What somebody brings over names its author by their word alone, and is no edit of now.
      const isBrought = written?.by !== undefined
      const peer = written === undefined || isBrought ? undefined : linkedAuthor(written.dot.client)
      if (cell === undefined || peer === undefined) return undefined
      const { pattern, step, pitch } = cell
      return { id: (id += 1), peer, track, pattern, step, pitch }
    }
    const onTransaction = (transaction: Y.Transaction): void => {
      if (transaction.local || !options.synced.read()) return
      const found = changedEntries(transaction, doc, sheets).flatMap(
        ({ track, entry }) => markOf(track, entry) ?? [],
      )
      if (found.length > MOST_MARKED) return
      const isAgain = (mark: EditMark): boolean => found.some((each) => isSamePlace(each, mark))
      due = [...due.filter((mark) => !isAgain(mark)), ...found].slice(-MOST_MARKED)
      flash()
    }
    doc.on('afterTransaction', onTransaction)
    copyScope.own(() => {
      doc.off('afterTransaction', onTransaction)
    })
  }
  follow(copy.read())
  scope.own(copy.subscribe(follow))
  scope.own(() => {
    copyScope.close()
  })
  return { marks, close: scope.close }
}

const isSamePlace = (one: EditMark, other: EditMark): boolean =>
  one.step === other.step &&
  one.pitch === other.pitch &&
  one.track === other.track &&
  one.pattern === other.pattern

/** Of a sheet that is new, all that is on it, unless it stands in place of an older one. */
function changedEntries(
  { changed }: Y.Transaction,
  doc: Y.Doc,
  sheets: Sheets,
): readonly { readonly track: TrackId; readonly entry: string }[] {
  const found: { readonly track: TrackId; readonly entry: string }[] = []
  for (const [type, entries] of changed) {
    const track = sheets.trackOf(type)
    if (track === undefined) continue
    for (const entry of entries) found.push({ track, entry: entry ?? '' })
  }
  for (const track of changed.get(docShape(doc).sheets as never) ?? []) {
    const sheet = isTrackId(track) ? sheets.of(track) : undefined
    if (!isTrackId(track) || sheet === undefined || sheet.has(BASE)) continue
    for (const entry of sheet.keys()) found.push({ track, entry })
  }
  return found
}
