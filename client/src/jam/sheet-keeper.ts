import * as Y from 'yjs'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { docShape, OFF } from './doc-shape.ts'
import {
  accept,
  believe,
  confront,
  confrontEntry,
  createLedger,
  learn,
  type Ledger,
} from './sheet-ledger.ts'
import { broughtKey, broughtValue } from './sheet-brought.ts'
import { type Dot, type Entry, EMPTY_STATE, isKnown, type SheetState } from './sheet-base.ts'
import { fallenSheets, isAboutSheet, raiseBy, type Sheets } from './sheets.ts'

export interface SheetKeeperOptions {
  readonly doc: Y.Doc
  readonly sheets: Sheets
  readonly timers: Pick<Timers, 'after'>
  /** Whether this Yjs client is nobody's who is linked now, and not ours: no one else will bring its changes over. */
  readonly isForeignAuthor: (client: number) => boolean
  readonly mayWrite: () => boolean
}

/** Whoever wrote something has had time to bring it over; after that anybody does. */
const LATE_MS = 5000
/** So often one thing of somebody else is brought over to one sheet. */
const MAX_TIMES = 3

/** Whether to write `mine`, where nothing should stand when it is undefined, in place of `there`. */
type MayBring = (
  track: TrackId,
  key: string,
  mine: Entry | undefined,
  there: Entry | undefined,
) => boolean

/** What one of us is to write on a sheet: what stands in these places, and that all of these clients was looked at. */
interface Due {
  readonly track: TrackId
  readonly ledger: Ledger
  readonly keys: readonly string[]
  readonly clients: readonly number[]
}

/** Marks what is brought over from a sheet that gave way. */
const BRINGING_OVER = Symbol('bringing over')

/**
 * Sees to it that a sheet that gives way to another takes no change along that the other does not know of: such a
 * change is written again, at once by whoever made it, for those who have left by everybody, and 5 s later by
 * everybody again who still finds it missing.
 */
export function createSheetKeeper(options: SheetKeeperOptions): Undo {
  const { doc, sheets } = options
  const { sheets: root } = docShape(doc)
  const scope = createScope()
  const ledgers = new Map<TrackId, Ledger>()
  /** How often what was brought over, by track: two who both think themselves right would never end. */
  const brought = new Map<TrackId, Map<string, number>>()
  let undoLate: Undo | undefined

  const endOf = (client: number): number => Y.getState(doc.store, client)
  /** Whether the change itself has come to us, not only word of it. */
  const isHere = ({ client, clock }: Dot): boolean => clock < endOf(client)
  const ledgerOf = (track: TrackId): Ledger => {
    const known = ledgers.get(track)
    if (known !== undefined) return known
    const ledger = createLedger(EMPTY_STATE)
    ledgers.set(track, ledger)
    return ledger
  }
  const onSwitched = (track: TrackId): void => {
    const fallen = fallenSheets(doc, track)
    const sheet = sheets.of(track)
    const ledger = ledgerOf(track)
    for (const old of fallen) learn(ledger, sheets.stateOf(old), endOf)
    brought.delete(track)
    // Yjs may take a sheet away before it has the one that comes in its place.
    if (sheet === undefined) return
    confront(ledger, sheets.stateOf(sheet), endOf)
    // What others brought over of ours we write once more: who has a later change of ours has it then, and theirs too.
    for (const [key, { id }] of sheet._map) {
      const isOwn = ledger.entries.get(key)?.dot.client === doc.clientID
      if (isOwn && id.client !== doc.clientID) ledger.behind.add(key)
    }
  }
  const onWritten = (track: TrackId, keys: Iterable<string | null>): void => {
    const ledger = ledgerOf(track)
    const sheet = sheets.of(track)
    const written = [...keys].flatMap((key) => {
      const head = sheet?._map.get(key ?? '')
      return key === null || head === undefined ? [] : [{ key, head }]
    })
    for (const { key } of written) {
      const entry = isAboutSheet(key) ? undefined : sheets.entry(track, key)
      if (entry !== undefined) confrontEntry(ledger, key, entry)
    }
    // Only now: one client's changes of several places count from the first to the last.
    // And what another says that was brought over, we have not compared ourselves.
    for (const { key, head } of written) {
      if (!isAboutSheet(key)) raiseBy(ledger.known, head)
    }
  }
  const isOurs = (client: number): boolean =>
    client === doc.clientID || options.isForeignAuthor(client)
  const mayBring: MayBring = (track, key, mine, there) => {
    if (mine?.dot.client === doc.clientID || mine?.dot.client === there?.dot.client) return true
    const done = brought.get(track) ?? new Map<string, number>()
    const mark = mine === undefined ? key : `${key} ${mine.dot.client} ${mine.dot.clock}`
    const times = done.get(mark) ?? 0
    done.set(mark, times + 1)
    brought.set(track, done)
    return times < MAX_TIMES
  }
  /** The change that put it there, or of which we only have word the one that brought it over. */
  const made = ({ dot, by }: Entry): Dot => (by === undefined || isHere(dot) ? dot : by)
  /** What is on us to write. @param isLate  whether also what others should have written is */
  const dueOf = (track: TrackId, ledger: Ledger, isLate: boolean): Due => {
    const keys = [...ledger.behind].filter((key) => {
      const mine = ledger.entries.get(key)
      return isLate || mine === undefined || isOurs(made(mine).client)
    })
    const others = [...ledger.behind].filter((key) => !keys.includes(key))
    const owing = new Set(
      others.flatMap((key) => {
        const mine = ledger.entries.get(key)
        return mine === undefined ? [] : [mine.dot.client, made(mine).client]
      }),
    )
    const clients = [...ledger.ahead].filter(
      (client) => !owing.has(client) && (isLate || isOurs(client)),
    )
    return { track, ledger, keys, clients }
  }
  /** Who else brought over what stands of this client, and up to which change: one may hear of us and not yet of them. */
  const restsOn = (entries: SheetState['entries'], client: number): Map<number, number> => {
    const rests = new Map<number, number>()
    for (const { dot, by } of entries.values()) {
      if (by === undefined || dot.client !== client || by.client === doc.clientID) continue
      rests.set(by.client, Math.max(by.clock, rests.get(by.client) ?? 0))
    }
    return rests
  }
  /** What only somebody else's word put there is missed where that word is not known: it may be nowhere else. */
  const isMissed = (mine: Entry | undefined, known: ReadonlyMap<number, number>): boolean =>
    mine === undefined || isHere(mine.dot) || (isHere(made(mine)) && !isKnown(known, made(mine)))
  const bringOver = ({ track, ledger, keys, clients }: Due): void => {
    const sheet = sheets.of(track)
    if (sheet === undefined) return
    const before = sheets.stateOf(sheet).known
    for (const key of keys) {
      const mine = ledger.entries.get(key)
      const there = sheets.entry(track, key)
      if (isMissed(mine, before) && mayBring(track, key, mine, there))
        sheet.set(key, asWritten(mine, there, doc.clientID))
      else accept(ledger, key, there)
    }
    const { entries, known } = sheets.stateOf(sheet)
    for (const client of clients) {
      const end = ledger.known.get(client) ?? 0
      const says = broughtValue(restsOn(entries, client))
      if (end > (known.get(client) ?? 0) && says !== undefined)
        sheet.set(broughtKey({ client, clock: end - 1 }), says)
      ledger.ahead.delete(client)
    }
  }
  const settle = (isLate: boolean): void => {
    if (!options.mayWrite()) return
    // Without a sheet there is nothing to write on: the next one will be compared anew.
    const due = [...ledgers]
      .filter(([track]) => sheets.of(track) !== undefined)
      .map(([track, ledger]) => dueOf(track, ledger, isLate))
      .filter(({ keys, clients }) => keys.length + clients.length > 0)
    if (due.length > 0) {
      doc.transact(() => {
        due.forEach(bringOver)
      }, BRINGING_OVER)
    }
    const owed = [...ledgers.values()].some(
      ({ behind, ahead, claims }) => behind.size + ahead.size + claims.size > 0,
    )
    if (owed) waitForOthers()
  }
  const waitForOthers = (): void => {
    undoLate ??= options.timers.after(LATE_MS, () => {
      undoLate = undefined
      // Whoever was told of a change by then has it by then.
      for (const { claims } of ledgers.values()) claims.clear()
      settle(true)
    })
  }
  const changes: Y.Transaction[] = []
  const onTransaction = (transaction: Y.Transaction): void => {
    changes.push(transaction)
    // What fell has to be read now: it is forgotten next.
    for (const track of transaction.changed.get(root as never) ?? []) {
      if (isTrackId(track)) onSwitched(track)
    }
  }
  const readChanged = ({ changed }: Y.Transaction): void => {
    const switched = new Set(changed.get(root as never) ?? [])
    for (const [type, keys] of changed) {
      const track = sheets.trackOf(type)
      if (track === undefined || switched.has(track)) continue
      onWritten(track, keys)
    }
  }
  // Whoever sends a change listens to Yjs's `update`, which comes before this.
  const onDone = (): void => {
    changes.splice(0).forEach(readChanged)
    for (const ledger of ledgers.values()) believe(ledger, endOf)
    settle(false)
  }

  for (const track of root.keys()) if (isTrackId(track)) onSwitched(track)
  doc.on('afterTransaction', onTransaction)
  doc.on('afterAllTransactions', onDone)
  scope.own(() => {
    doc.off('afterTransaction', onTransaction)
    doc.off('afterAllTransactions', onDone)
    undoLate?.()
  })
  return scope.close
}

/**
 * As a change of ours when it is one; else it names the one it stands for, so that nobody takes it for younger. Where
 * nothing should be any more it names what it takes away, for who took that away is not known.
 */
function asWritten(mine: Entry | undefined, there: Entry | undefined, self: number): unknown {
  const { value, dot } = mine ?? { value: OFF, dot: there?.dot ?? { client: self, clock: 0 } }
  return dot.client === self && mine !== undefined ? value : [value, dot.client, dot.clock]
}
