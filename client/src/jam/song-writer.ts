import type * as Y from 'yjs'
import { parseSteps } from '../sequence/parse-song.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { docShape, isNoteEntry, MY_EDIT, OFF, playKey } from './doc-shape.ts'
import {
  type Change,
  type ChangedPlace,
  createEditHistory,
  type EditHistory,
  type EditInfo,
  type KeptEdits,
} from './edit-history.ts'
import { migrate } from './schema.ts'
import { type EntryValue, isEntryValue, isOff } from './sheet-base.ts'
import { createSheets } from './sheets.ts'
import { initialOf } from './song-part.ts'
import type { TrackMeta } from './track-meta.ts'
import { type Refusal, refusalOf, type Writable } from './writable.ts'

/** Writes into the document, one transaction an edit, and remembers what it changed. */
export interface SongWriter {
  readonly history: EditHistory
  /**
   * Makes one edit out of what `change` does with the rest of this record.
   *
   * @param info  left out for what is not to be taken back
   */
  edit(info: EditInfo | undefined, change: () => void, options?: EditOptions): Refusal | undefined
  setRoom(key: string, value: unknown): void
  /** As it stands in the document, not parsed. */
  roomOf(key: string): unknown
  /** @param meta  undefined to take the track away */
  setMeta(track: TrackId, meta: TrackMeta | undefined): void
  /** Nothing is written where it stands already. */
  put(track: TrackId, entry: string, value: EntryValue): void
  /** See `Sheets.rewrite`. */
  rewrite(
    track: TrackId,
    keep: (entry: string) => boolean,
    put?: ReadonlyMap<string, EntryValue>,
  ): void
  entryOf(track: TrackId, entry: string): EntryValue | undefined
  hasTrack(track: TrackId): boolean
  /** Of all that have a place or a sheet. */
  trackIds(): ReadonlySet<TrackId>
  /** As it stands in the document, not parsed. */
  metaOf(track: TrackId): unknown
  /** Puts `before` in every place. */
  putBack(changes: readonly Change[]): void
  /** Takes a track away with all it has. */
  takeTrack(track: TrackId): void
}

interface EditOptions {
  /** What makes the song smaller may be done to a full one. */
  readonly makesSmaller?: boolean
  /** Most that it adds; asked about before much is written at once. */
  readonly addedBytes?: number
}

/** Most that one thing takes that stands on a sheet. */
export const ENTRY_BYTES = 16
/** More entries than these are written as a new sheet. */
const MANY = 32

/**
 * @param writable  asked before each edit: a newer song is left alone, a full one only made smaller
 * @param mayAdd    whether the song has room for so many bytes more
 * @param earlier   what this person did in the copy before
 */
export function createSongWriter(
  doc: Y.Doc,
  writable: () => Writable,
  mayAdd: (bytes: number) => boolean,
  earlier?: KeptEdits,
): SongWriter {
  const { room, tracks, sheets: sheetsByTrack } = docShape(doc)
  const sheets = createSheets(doc)
  /** By place: what was written twice in one edit is one change. */
  const recorded = new Map<string, Change>()

  const transact = (change: () => void, options: EditOptions = {}): Refusal | undefined => {
    const { makesSmaller = false, addedBytes = 0 } = options
    const refusal = refusalOf(writable(), makesSmaller)
    if (refusal !== undefined) return refusal
    if (addedBytes > 0 && !mayAdd(addedBytes)) return 'full'
    recorded.clear()
    doc.transact(() => {
      migrate(doc)
      change()
    }, MY_EDIT)
    return undefined
  }
  const note = (place: ChangedPlace, before: unknown, after: unknown): void => {
    const name = `${place.in} ${place.in === 'sheet' ? place.track : ''} ${place.key}`
    const known = recorded.get(name)
    const first = known === undefined ? plain(place, before) : known.before
    recorded.set(name, { place, before: first, after: plain(place, after) })
  }
  const entryOf = (track: TrackId, entry: string): EntryValue | undefined =>
    sheets.entry(track, entry)?.value
  const standing = (track: TrackId): ReadonlyMap<string, EntryValue> =>
    new Map(
      [...sheets.state(track).entries].flatMap(([key, { value }]) =>
        isOff(key, value) ? [] : [[key, value] as const],
      ),
    )
  const setRoom = (key: string, value: unknown): void => {
    const before = room.get(key)
    if (value === undefined) room.delete(key)
    else room.set(key, value)
    note({ in: 'room', key }, before, value)
  }
  const setMeta = (track: TrackId, meta: unknown): void => {
    const before = tracks.get(track)
    if (meta === undefined) tracks.delete(track)
    else tracks.set(track, meta)
    note({ in: 'tracks', key: track }, before, meta)
  }
  const put = (track: TrackId, key: string, value: EntryValue): void => {
    const before = entryOf(track, key)
    const place = { in: 'sheet', track, key } as const
    if (isSameAt(place, before, value)) return
    sheets.write(track, key, value)
    note(place, before, value)
  }
  const rewrite: SongWriter['rewrite'] = (track, keep, entries = new Map()) => {
    const before = standing(track)
    sheets.rewrite(track, keep, entries)
    for (const [key, value] of before) {
      if (!keep(key) && !entries.has(key)) note({ in: 'sheet', track, key }, value, undefined)
    }
    for (const [key, value] of entries) note({ in: 'sheet', track, key }, before.get(key), value)
  }
  const read = (place: ChangedPlace): unknown => {
    if (place.in === 'room') return room.get(place.key)
    return place.in === 'tracks' ? tracks.get(place.key) : entryOf(place.track, place.key)
  }

  /** Those of the changes that can be taken back: what they wrote still stands. */
  const standingOf = (changes: readonly Change[]): readonly Change[] => {
    const returning = new Set(
      changes.flatMap(({ place, before }) =>
        place.in === 'tracks' && before !== undefined ? [place.key] : [],
      ),
    )
    return changes.filter(({ place, after }) => {
      if (!isSameAt(place, read(place), after)) return false
      return place.in !== 'sheet' || tracks.has(place.track) || returning.has(place.track)
    })
  }
  const putBack = (changes: readonly Change[]): void => {
    const byTrack = new Map<TrackId, Map<string, EntryValue | undefined>>()
    for (const { place, before } of changes) {
      if (place.in === 'room') setRoom(place.key, before)
      else if (place.in === 'tracks') setMeta(place.key, before)
      else {
        const entries = byTrack.get(place.track) ?? new Map<string, EntryValue | undefined>()
        byTrack.set(place.track, entries.set(place.key, isEntryValue(before) ? before : undefined))
      }
    }
    for (const [track, entries] of byTrack) writeEntries(track, entries)
  }
  const writeEntries = (
    track: TrackId,
    entries: ReadonlyMap<string, EntryValue | undefined>,
  ): void => {
    if (entries.size <= MANY) {
      for (const [key, value] of entries) put(track, key, value ?? nothingAt(key))
      return
    }
    const written = [...entries].flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    )
    rewrite(track, (key) => !entries.has(key), new Map(written))
  }
  const history = createEditHistory((changes) => {
    const ours = standingOf(changes)
    const added = ours.filter(({ place, before }) => place.in !== 'sheet' || before !== undefined)
    const options = { makesSmaller: added.length === 0, addedBytes: added.length * ENTRY_BYTES }
    const refusal = transact(() => {
      putBack(ours)
    }, options)
    return refusal === undefined ? ours : undefined
  }, earlier)

  return {
    history,
    edit(info, change, options) {
      const refusal = transact(change, options)
      if (refusal === undefined && info !== undefined) history.record(info, changesIn(recorded))
      return refusal
    },
    setRoom,
    roomOf: (key) => room.get(key),
    setMeta,
    put,
    rewrite,
    putBack,
    entryOf,
    hasTrack: (track) => tracks.has(track),
    trackIds: () => new Set([...tracks.keys(), ...sheetsByTrack.keys()].filter(isTrackId)),
    metaOf: (track) => tracks.get(track),
    takeTrack(track) {
      setMeta(track, undefined)
      rewrite(track, () => false)
      if (room.has(playKey(track))) setRoom(playKey(track), undefined)
    },
  }
}

/** What says of a place that nothing was ever written there: no note, or the value that a param has by itself. */
const nothingAt = (key: string): EntryValue =>
  isNoteEntry(key) ? OFF : (initialOf(key.slice(key.indexOf('/') + 1)) ?? '')

const changesIn = (recorded: ReadonlyMap<string, Change>): readonly Change[] =>
  [...recorded.values()].filter(({ place, before, after }) => !isSameAt(place, before, after))

/** Of a step count its moment does not matter: it passes. */
const plain = (place: ChangedPlace, value: unknown): unknown =>
  place.in === 'room' && place.key === 'stepCount' ? parseSteps(value)?.stepCount : value

/** Whether two values of a place are one: nothing is what stands there by itself. */
export function isSameAt(place: ChangedPlace, one: unknown, other: unknown): boolean {
  if (place.in !== 'sheet') {
    return JSON.stringify(plain(place, one)) === JSON.stringify(plain(place, other))
  }
  return (one ?? nothingAt(place.key)) === (other ?? nothingAt(place.key))
}
