import type * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { unpackNote } from '../sequence/note-code.ts'
import { parseLane } from '../sequence/parse-chords.ts'
import { parseName } from '../sequence/parse-name.ts'
import {
  parseComeback,
  parseDrop,
  parseLaunch,
  parseRoot,
  parseScale,
  parseSteps,
  parseSwing,
} from '../sequence/parse-song.ts'
import { PATTERN_NAMES } from '../sequence/pattern.ts'
import { parseTrade } from '../sequence/trade.ts'
import { isTrackId, EMPTY_SONG, type Song, type Track, type TrackId } from '../sequence/song.ts'
import {
  BASE,
  chordKey,
  docShape,
  paramEntry,
  playKey,
  trackOfPlayKey,
  sceneKey,
  splitFlatEntry,
  type DocShape,
} from './doc-shape.ts'
import { schemaOf } from './schema.ts'
import { type EntryValue, isOff } from './sheet-base.ts'
import { cellOfEntry } from './sheet-cells.ts'
import { createSheets } from './sheets.ts'
import {
  createTrackDraft,
  emptyDraft,
  orderOf,
  putNote,
  trackOf,
  type TrackDraft,
} from './track-draft.ts'
import { parseTrackMeta } from './track-meta.ts'

/** More tracks than this, oldest first, are neither shown nor played. */
export const MAX_TRACKS = 64

/** One thing of a track that has a value. */
export interface Place {
  readonly track: TrackId
  readonly entry: string
}

/** Values that are heard and seen though they are not in the document, as while somebody turns a knob. */
export interface Overlay {
  read(track: TrackId, entry: string): EntryValue | undefined
  /** The document has a new value there, which is heard from now on. */
  written(track: TrackId, entry: string): void
  /** Tells of the values that appear, change or go, those that do at once together. */
  onChange(listener: (places: readonly Place[]) => void): Undo
}

/**
 * The song that a document amounts to, with every value clamped: what peers wrote is parsed here and nowhere else.
 * A change re-reads only the tracks it touches; the others stay the same objects.
 *
 * @param overlay  lies over what the document has, never where it has nothing
 */
export function createSongReader(
  doc: Y.Doc,
  overlay?: Overlay,
): { readonly song: Live<Song>; readonly close: Undo } {
  const shape = docShape(doc)
  const sheets = createSheets(doc)
  const drafts = new Map<TrackId, TrackDraft>()
  const song = createLive<Song>(EMPTY_SONG)

  const draftOf = (track: TrackId): TrackDraft => {
    const draft = drafts.get(track) ?? createTrackDraft()
    drafts.set(track, draft)
    return draft
  }
  const readMeta = (id: string): void => {
    if (!isTrackId(id)) return
    const draft = draftOf(id)
    draft.meta = parseTrackMeta(shape.tracks.get(id))
    draft.track = undefined
    readLaunch(id)
  }
  const readLaunch = (id: TrackId): void => {
    const draft = draftOf(id)
    draft.launch = parseLaunch(shape.room.get(playKey(id)))
    draft.track = undefined
  }
  const valueOf = (track: TrackId, entry: string): EntryValue | undefined => {
    const value = sheets.entry(track, entry)?.value
    return isOff(entry, value) ? value : (overlay?.read(track, entry) ?? value)
  }
  const paramOf = (track: TrackId, param: string): EntryValue | undefined => {
    const entry = paramEntry(param)
    return overlay?.read(track, entry) ?? sheets.entry(track, entry)?.value
  }
  const readEntry = (track: TrackId, entry: string): void => {
    const draft = draftOf(track)
    const cell = cellOfEntry(entry)
    if (cell === undefined) {
      draft.traits = undefined
      draft.track = undefined
      return
    }
    const touch = unpackNote(valueOf(track, entry))
    const { pattern, key, step, pitch } = cell
    putNote(draft, pattern, key, touch && { step, pitch, ...touch })
  }
  const readSheet = (track: string): void => {
    if (!isTrackId(track)) return
    emptyDraft(draftOf(track))
    for (const entry of sheets.keys(track)) readEntry(track, entry)
  }
  const show = (): void => {
    song.set({ ...readRoom(shape), tracks: assemble(drafts, paramOf) })
  }
  /** @returns whether anything was read */
  const readSheets = ({ changed }: Y.Transaction, begun: ReadonlySet<string>): boolean => {
    let found = false
    for (const [type, entries] of changed) {
      const track = sheets.trackOf(type)
      if (track === undefined || begun.has(track)) continue
      found = true
      if (entries.has(BASE)) readSheet(track)
      for (const entry of entries) {
        overlay?.written(track, entry ?? '')
        readEntry(track, entry ?? '')
      }
    }
    return found
  }
  const readFlat = (transaction: Y.Transaction, begun: ReadonlySet<string>): boolean => {
    let found = false
    for (const map of ['notes', 'params'] as const) {
      for (const key of keysOf(transaction, shape[map])) {
        const parts = splitFlatEntry(map, key)
        if (parts === undefined || begun.has(parts.track)) continue
        found = true
        readEntry(parts.track, parts.entry)
      }
    }
    return found
  }
  /** @returns whether anything is to be shown anew */
  const readChanged = (transaction: Y.Transaction): boolean => {
    const begun = new Set(keysOf(transaction, shape.sheets))
    for (const key of keysOf(transaction, shape.tracks)) readMeta(key)
    for (const key of keysOf(transaction, shape.room)) {
      const track = trackOfPlayKey(key)
      if (track !== undefined && drafts.has(track)) readLaunch(track)
    }
    for (const key of begun) readSheet(key)
    const found = [readSheets(transaction, begun), readFlat(transaction, begun)].includes(true)
    const roots = [shape.tracks, shape.sheets, shape.room]
    return found || roots.some((type) => transaction.changed.has(type as never))
  }
  const changes: Y.Transaction[] = []
  const onTransaction = (transaction: Y.Transaction): void => {
    changes.push(transaction)
  }
  // Whoever sends a change listens to Yjs's `update`, which comes before this.
  const onDone = (): void => {
    const read = changes.splice(0).map(readChanged)
    if (read.includes(true)) show()
  }

  for (const id of shape.tracks.keys()) readMeta(id)
  for (const id of new Set([...shape.tracks.keys(), ...shape.sheets.keys()])) readSheet(id)
  show()
  doc.on('afterTransaction', onTransaction)
  doc.on('afterAllTransactions', onDone)
  const undoOverlay = overlay?.onChange((places) => {
    const ours = places.filter(({ track }) => drafts.has(track))
    for (const { track, entry } of ours) readEntry(track, entry)
    if (ours.length > 0) show()
  })
  return {
    song,
    close: () => {
      doc.off('afterTransaction', onTransaction)
      doc.off('afterAllTransactions', onDone)
      undoOverlay?.()
    },
  }
}

const keysOf = ({ changed }: Y.Transaction, type: Y.Map<unknown>): readonly string[] =>
  [...(changed.get(type as never) ?? [])].filter((key) => key !== null)

const readRoom = ({ room }: DocShape): Omit<Song, 'tracks'> => {
  const swing = parseSwing(room.get('swing'))
  const drop = parseDrop(room.get('drop'))
  const comeback = parseComeback(room.get('comeback'))
  const trade = parseTrade(room.get('trade'))
  const names = PATTERN_NAMES.flatMap((pattern) => {
    const name = parseName(room.get(sceneKey(pattern)))
    return name === undefined ? [] : [[pattern, name] as const]
  })
  return {
    schema: schemaOf(room),
    root: parseRoot(room.get('root')) ?? EMPTY_SONG.root,
    scale: parseScale(room.get('scale')) ?? EMPTY_SONG.scale,
    ...(parseSteps(room.get('stepCount')) ?? { stepCount: EMPTY_SONG.stepCount }),
    ...(swing === undefined ? {} : { swing }),
    ...parseLane((place) => room.get(chordKey(place))),
    ...(names.length === 0 ? {} : { sceneNames: Object.fromEntries(names) }),
    ...(drop === undefined ? {} : { drop }),
    ...(comeback === undefined ? {} : { comeback }),
    ...(trade === undefined ? {} : { trade }),
  }
}

type ParamOf = (track: TrackId, param: string) => EntryValue | undefined

function assemble(drafts: ReadonlyMap<TrackId, TrackDraft>, paramOf: ParamOf): readonly Track[] {
  const shown = [...drafts].flatMap(([id, draft]) => {
    const { meta } = draft
    const read = (param: string): EntryValue | undefined => paramOf(id, param)
    return meta === undefined ? [] : [{ id, draft, meta, read, order: orderOf(draft, meta, read) }]
  })
  shown.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
  return shown
    .slice(0, MAX_TRACKS)
    .map(({ id, draft, meta, read }) => trackOf(id, draft, meta, read))
}
