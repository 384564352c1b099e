import * as Y from 'yjs'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { BASE, docShape, flatEntry, splitFlatEntry } from './doc-shape.ts'
import { broughtOf } from './sheet-brought.ts'
import {
  decodeBase,
  type Dot,
  encodeBase,
  type Entry,
  type EntryValue,
  isCount,
  isEntryValue,
  isOff,
  raise,
  type SheetState,
} from './sheet-base.ts'

/** A track's sheet in the document: what it began with, as one text, and every change since, by its place. */
export type Sheet = Y.Map<unknown>

/** Beginnings that were read already, by whichever reader of their document. */
const bases = new WeakMap<Sheet, { readonly text: unknown; readonly state: SheetState }>()

/** Reads and writes the sheets of one document. */
export interface Sheets {
  of(track: TrackId): Sheet | undefined
  /** The track whose sheet this now is; undefined for any other type. */
  trackOf(type: unknown): TrackId | undefined
  /** What stands in one place: last changed, or else as the sheet began, or else as schema 1 had it. */
  entry(track: TrackId, key: string): Entry | undefined
  /** Keys of everything that stands on a track. */
  keys(track: TrackId): ReadonlySet<string>
  state(track: TrackId): SheetState
  /** Of any sheet, also of one that this very transaction has taken away. */
  stateOf(sheet: Sheet): SheetState
  /** Writes one entry; inside a transaction. */
  write(track: TrackId, key: string, value: EntryValue): void
  /**
   * Begins a new sheet with what stands on the old one, which Yjs then forgets but for its length. What others write
   * on the old one meanwhile is brought over by whoever wrote it (`sheet-keeper.ts`). Inside a transaction.
   *
   * @param keep     which of the keys stay
   * @param put      entries to write along, in place of those that stand there
   */
  rewrite(
    track: TrackId,
    keep?: (key: string) => boolean,
    put?: ReadonlyMap<string, EntryValue>,
  ): void
}

export function createSheets(doc: Y.Doc): Sheets {
  const shape = docShape(doc)
  const { sheets } = shape

  const of = (track: TrackId): Sheet | undefined => {
    const sheet = sheets.get(track)
    return sheet instanceof Y.Map ? sheet : undefined
  }
  const isHere = ({ client, clock }: Dot): boolean => clock < Y.getState(doc.store, client)
  const baseOf = (sheet: Sheet): SheetState => {
    const text = valueOf(sheet._map.get(BASE))
    const known = bases.get(sheet)
    if (known !== undefined && known.text === text) return known.state
    const state = decodeBase(text)
    bases.set(sheet, { text, state })
    return state
  }
  const flat = (track: TrackId, key: string): Entry | undefined => {
    const { map, key: flatKey } = flatEntry(track, key)
    return entryOf(shape[map]._map.get(flatKey))
  }
  /** Calls back for each entry of schema 1 that a track ever had. */
  const eachFlat = (track: TrackId, visit: (entry: string, item: Y.Item) => void): void => {
    for (const map of ['notes', 'params'] as const) {
      for (const [key, item] of shape[map]._map) {
        const parts = splitFlatEntry(map, key)
        if (parts?.track === track) visit(parts.entry, item)
      }
    }
  }
  const stateOf = (sheet: Sheet): SheetState => {
    const base = baseOf(sheet)
    const entries = new Map(base.entries)
    const known = new Map(base.known)
    for (const [key, head] of sheet._map) {
      const entry = isAboutSheet(key) ? undefined : entryOf(head)
      if (entry !== undefined) entries.set(key, entry)
      raiseBy(known, head)
      const brought = broughtOf(key, valueOf(head))
      if (brought?.rests.every(isHere) === true)
        raise(known, brought.dot.client, brought.dot.clock + 1)
    }
    return { entries, known }
  }
  const state = (track: TrackId): SheetState => {
    const sheet = of(track)
    const written = sheet && stateOf(sheet)
    const entries = new Map<string, Entry>()
    const known = new Map(written?.known)
    eachFlat(track, (key, item) => {
      const entry = entryOf(item)
      if (entry !== undefined) entries.set(key, entry)
      raiseBy(known, item)
    })
    for (const [key, entry] of written?.entries ?? []) entries.set(key, entry)
    return { entries, known }
  }

  const keys = (track: TrackId): ReadonlySet<string> => {
    const sheet = of(track)
    const found = new Set(sheet && baseOf(sheet).entries.keys())
    for (const [key, head] of sheet?._map ?? []) {
      if (!isAboutSheet(key) && entryOf(head) !== undefined) found.add(key)
    }
    eachFlat(track, (key, item) => {
      if (entryOf(item) !== undefined) found.add(key)
    })
    return found
  }
  /** No more than the document has: what a stranger's sheet claims beyond goes no further. */
  const knownHere = (claimed: SheetState['known']): Map<number, number> => {
    const known = new Map<number, number>()
    for (const [client, clock] of claimed) {
      raise(known, client, Math.min(clock, Y.getState(doc.store, client)))
    }
    return known
  }
  return {
    of,
    trackOf(type) {
      const track = type instanceof Y.Map ? type._item?.parentSub : undefined
      return isTrackId(track) && of(track) === type ? track : undefined
    },
    entry(track, key) {
      const sheet = of(track)
      if (sheet === undefined) return flat(track, key)
      return entryOf(sheet._map.get(key)) ?? baseOf(sheet).entries.get(key) ?? flat(track, key)
    },
    keys,
    state,
    stateOf,
    write(track, key, value) {
      const sheet = of(track)
      if (sheet === undefined) sheets.set(track, new Y.Map([[key, value]]))
      else sheet.set(key, value)
    },
    rewrite(track, keep = () => true, put = new Map()) {
      const old = state(track)
      if (of(track) === undefined && old.entries.size === 0 && put.size === 0) return
      // The new sheet is itself the change that puts things there, also those of which we only have word.
      const dot = { client: doc.clientID, clock: Y.getState(doc.store, doc.clientID) }
      const known = knownHere(old.known)
      const entries = new Map<string, Entry>()
      for (const [key, entry] of old.entries) {
        if (!keep(key) || isOff(key, entry.value)) continue
        const isSure = known.has(entry.dot.client) && isHere(entry.dot)
        entries.set(key, isSure ? entry : { value: entry.value, dot })
        if (!isSure) raise(known, dot.client, dot.clock + 1)
      }
      eachFlat(track, (entry) => {
        const { map, key } = flatEntry(track, entry)
        shape[map].delete(key)
      })
      if (put.size > 0) raise(known, dot.client, dot.clock + 1)
      for (const [key, value] of put) entries.set(key, { value, dot })
      sheets.set(track, new Y.Map([[BASE, encodeBase({ entries, known })]]))
    },
  }
}

/** Sheets of a track that gave way to another in the running transaction, oldest first. */
export function fallenSheets(doc: Y.Doc, track: TrackId): readonly Sheet[] {
  const fallen: Sheet[] = []
  let item: Y.Item | null = docShape(doc).sheets._map.get(track) ?? null
  for (; item !== null; item = item.left) {
    // Of those that fell earlier Yjs has forgotten the content.
    const { content } = item
    if (!item.deleted || !(content instanceof Y.ContentType)) continue
    if (content.type instanceof Y.Map) fallen.unshift(content.type as Sheet)
  }
  return fallen
}

/** How many changes a sheet weighs, overwritten ones included; one place changed over and over by one hand weighs as one. */
export function changesOn(sheet: Sheet): number {
  let changes = 0
  for (const head of sheet._map.values()) {
    for (let item: Y.Item | null = head; item !== null; item = item.left) changes += 1
  }
  return changes
}

const valueOf = (item: Y.Item | undefined): unknown =>
  item?.content instanceof Y.ContentAny ? item.content.arr.at(-1) : undefined

/** A change brought over for somebody else names the change that it stands for: `[value, client, clock]`. */
function entryOf(item: Y.Item | undefined): Entry | undefined {
  const value = valueOf(item)
  if (item === undefined || value === undefined) return undefined
  if (isEntryValue(value)) {
    return { value, dot: { client: item.id.client, clock: item.id.clock + item.length - 1 } }
  }
  if (!Array.isArray(value)) return undefined
  const [brought, client, clock] = value as readonly unknown[]
  if (!isEntryValue(brought) || !isCount(client) || !isCount(clock)) return undefined
  const by = { client: item.id.client, clock: item.id.clock + item.length - 1 }
  return { value: brought, dot: { client, clock } satisfies Dot, by }
}

/** Whether the key is none of a track's places, but says something about the sheet. */
export const isAboutSheet = (key: string): boolean => key.startsWith('.')

/** Takes every change of one place into account, the overwritten ones too. */
export function raiseBy(known: Map<number, number>, head: Y.Item): void {
  for (let item: Y.Item | null = head; item !== null; item = item.left) {
    raise(known, item.id.client, item.id.clock + item.length)
  }
}
