import type * as Y from 'yjs'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { docShape, isNoteEntry, isSetting } from './doc-shape.ts'
import type { Change, ChangedPlace } from './edit-history.ts'
import { type EntryValue, isOff } from './sheet-base.ts'
import { createSheets } from './sheets.ts'
import { isSameAt } from './song-writer.ts'

/** What is to be written into a song so that it has what somebody did out of reach of everybody. */
export interface OfflinePlan {
  /** `before` as it stands in that song. */
  readonly changes: readonly Change[]
  /** Of the chat. */
  readonly lines: readonly unknown[]
}

/** The same for people. */
export interface OfflineCounts {
  readonly notes: number
  readonly removedNotes: number
  /** Tracks whose sound, mix or length is another. */
  readonly sounds: number
  readonly tracks: number
  readonly removedTracks: number
  /** Of the whole song: root, scale, steps, swing, names of scenes, chords. */
  readonly settings: number
  readonly lines: number
}

interface Picture {
  readonly room: ReadonlyMap<string, unknown>
  readonly metas: ReadonlyMap<TrackId, unknown>
  sheet(track: TrackId): ReadonlyMap<string, EntryValue>
}

const EMPTY_SHEET: ReadonlyMap<string, EntryValue> = new Map()

/**
 * @param base  the song as it was when the others were last heard of
 * @param mine  what became of it here
 * @param room  what became of it there
 */
export function planOf(base: Y.Doc, mine: Y.Doc, room: Y.Doc): OfflinePlan {
  const [was, is, there] = [pictureOf(base), pictureOf(mine), pictureOf(room)]
  const tracks = new Set([...was.metas.keys(), ...is.metas.keys()])
  return {
    changes: [
      ...settingChanges(was, is, there),
      ...[...tracks].flatMap((track) => trackChanges(track, was, is, there)),
    ],
    lines: newLines(base, mine, room),
  }
}

export const isNoPlan = ({ changes, lines }: OfflinePlan): boolean =>
  changes.length + lines.length === 0

/** Whether a song has become another one, chat and transport aside. */
export const hasBecomeAnother = (base: Y.Doc, now: Y.Doc): boolean =>
  planOf(base, now, base).changes.length > 0

export function countsOf({ changes, lines }: OfflinePlan): OfflineCounts {
  const metas = changes.filter(({ place }) => place.in === 'tracks')
  const whole = new Set(metas.map(({ place }) => place.key))
  const entries = changes.flatMap(({ place, after }) =>
    place.in === 'sheet' ? [{ ...place, after }] : [],
  )
  const notes = entries.filter(({ key }) => isNoteEntry(key))
  const gone = notes.filter(({ key, after }) => isOff(key, after as EntryValue | undefined))
  const sounds = entries.filter(({ key, track }) => !isNoteEntry(key) && !whole.has(track))
  const removedTracks = metas.filter(({ after }) => after === undefined).length
  return {
    notes: notes.length - gone.length,
    removedNotes: gone.length,
    sounds: new Set(sounds.map(({ track }) => track)).size,
    tracks: metas.length - removedTracks,
    removedTracks,
    settings: changes.filter(({ place }) => place.in === 'room').length,
    lines: lines.length,
  }
}

function pictureOf(doc: Y.Doc): Picture {
  const shape = docShape(doc)
  const sheets = createSheets(doc)
  return {
    room: new Map([...shape.room].filter(([key]) => isSetting(key))),
    metas: new Map(
      [...shape.tracks].filter((pair): pair is [TrackId, unknown] => isTrackId(pair[0])),
    ),
    sheet: (track) =>
      new Map(
        [...sheets.state(track).entries].flatMap(([key, { value }]) =>
          isOff(key, value) ? [] : [[key, value] as const],
        ),
      ),
  }
}

function settingChanges(was: Picture, is: Picture, there: Picture): readonly Change[] {
  return [...new Set([...was.room.keys(), ...is.room.keys()])].flatMap((key) =>
    changeAt(
      { in: 'room', key },
      { was: was.room.get(key), is: is.room.get(key), there: there.room.get(key) },
    ),
  )
}

function trackChanges(
  track: TrackId,
  was: Picture,
  is: Picture,
  there: Picture,
): readonly Change[] {
  const [before, mine, theirs] = [was, is, there].map((picture) => picture.sheet(track))
  if (before === undefined || mine === undefined || theirs === undefined) return []
  const meta = { in: 'tracks', key: track } as const
  const thereMeta = there.metas.get(track)
  if (!is.metas.has(track)) {
    // What the others went on with is not taken from them.
    const isUntouched = entryChanges(track, before, theirs, before).length === 0
    if (thereMeta === undefined || !isUntouched) return []
    return [
      { place: meta, before: thereMeta, after: undefined },
      ...entryChanges(track, theirs, EMPTY_SHEET, theirs),
    ]
  }
  const changed = entryChanges(track, before, mine, theirs)
  if (was.metas.has(track) && changed.length === 0) return []
  if (thereMeta !== undefined) return changed
  // New, or taken away by the others and written on here: it comes whole.
  return [
    { place: meta, before: undefined, after: is.metas.get(track) },
    ...entryChanges(track, EMPTY_SHEET, mine, theirs),
  ]
}

function entryChanges(
  track: TrackId,
  was: ReadonlyMap<string, EntryValue>,
  is: ReadonlyMap<string, EntryValue>,
  there: ReadonlyMap<string, EntryValue>,
): readonly Change[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) =>
    changeAt(
      { in: 'sheet', track, key },
      { was: was.get(key), is: is.get(key), there: there.get(key) },
    ),
  )
}

/** A change where this person made one and the room does not have it yet. */
function changeAt(
  place: ChangedPlace,
  { was, is, there }: { readonly was: unknown; readonly is: unknown; readonly there: unknown },
): readonly Change[] {
  if (isSameAt(place, was, is) || isSameAt(place, there, is)) return []
  return [{ place, before: there, after: is }]
}

function newLines(base: Y.Doc, mine: Y.Doc, room: Y.Doc): readonly unknown[] {
  const known = new Set(
    [base, room].flatMap((doc) =>
      docShape(doc)
        .chat.toArray()
        .map((line) => JSON.stringify(line)),
    ),
  )
  return docShape(mine)
    .chat.toArray()
    .filter((line) => !known.has(JSON.stringify(line)))
}
