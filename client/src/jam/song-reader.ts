import type * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { unpackNote } from '../sequence/note-code.ts'
import {
  parseCell,
  parseRoot,
  parseScale,
  parseSound,
  parseStepCount,
  parseSubdivision,
} from '../sequence/parse-song.ts'
import { noteKey, type Note, type NoteKey } from '../sequence/pattern.ts'
import {
  EMPTY_SONG,
  type Song,
  type Subdivision,
  type Track,
  type TrackId,
} from '../sequence/song.ts'
import {
  docShape,
  isTrackId,
  paramEntry,
  splitNoteEntry,
  splitParamEntry,
  type DocShape,
} from './doc-shape.ts'
import { schemaOf } from './schema.ts'
import { parseTrackMeta, type TrackMeta } from './track-meta.ts'

/** More tracks than this, oldest first, are neither shown nor played. */
export const MAX_TRACKS = 64

interface Draft {
  meta: TrackMeta | undefined
  notes: Map<NoteKey, Note>
  /** Whether `notes` is already in somebody's hands as part of a song, and so must not change any more. */
  handedOut: boolean
  /** What `notes` and the params amount to; undefined when something changed since. */
  track: Track | undefined
}

/**
 * The song that a document amounts to, with every value clamped: what peers wrote is parsed here and nowhere else.
 * A change re-reads only the tracks it touches; the others stay the same objects.
 */
export function createSongReader(doc: Y.Doc): { readonly song: Live<Song>; readonly close: Undo } {
  const shape = docShape(doc)
  const drafts = new Map<TrackId, Draft>()
  const song = createLive<Song>(EMPTY_SONG)

  const draftOf = (track: TrackId): Draft => {
    const known = drafts.get(track)
    if (known !== undefined) return known
    const draft: Draft = { meta: undefined, notes: new Map(), handedOut: false, track: undefined }
    drafts.set(track, draft)
    return draft
  }
  const readTrack = (id: string): void => {
    if (!isTrackId(id)) return
    const draft = draftOf(id)
    draft.meta = parseTrackMeta(shape.tracks.get(id))
    draft.track = undefined
  }
  const readNote = (entry: string): void => {
    const parts = splitNoteEntry(entry)
    const cell = parts && parseCell(parts.step, parts.pitch)
    if (parts === undefined || cell === undefined) return
    const draft = draftOf(parts.track)
    const note = unpackNote(shape.notes.get(entry))
    if (draft.handedOut) draft.notes = new Map(draft.notes)
    draft.handedOut = false
    if (note === undefined) draft.notes.delete(noteKey(cell.step, cell.pitch))
    else draft.notes.set(noteKey(cell.step, cell.pitch), { ...cell, ...note })
    draft.track = undefined
  }
  const readParam = (entry: string): void => {
    const parts = splitParamEntry(entry)
    if (parts !== undefined) draftOf(parts.track).track = undefined
  }
  const show = (): void => {
    song.set({ ...readRoom(shape), tracks: assemble(drafts, shape) })
  }
  const onTransaction = (transaction: Y.Transaction): void => {
    const keys = (type: Y.Map<unknown>): Iterable<string | null> =>
      transaction.changed.get(type as never) ?? []
    for (const key of keys(shape.tracks)) readTrack(key ?? '')
    for (const key of keys(shape.notes)) readNote(key ?? '')
    for (const key of keys(shape.params)) readParam(key ?? '')
    const touched = [shape.tracks, shape.notes, shape.params, shape.room]
    if (touched.some((type) => transaction.changed.has(type as never))) show()
  }

  for (const id of shape.tracks.keys()) readTrack(id)
  for (const entry of shape.notes.keys()) readNote(entry)
  show()
  doc.on('afterTransaction', onTransaction)
  return {
    song,
    close: () => {
      doc.off('afterTransaction', onTransaction)
    },
  }
}

const readRoom = ({ room }: DocShape): Omit<Song, 'tracks'> => ({
  schema: schemaOf(room),
  root: parseRoot(room.get('root')) ?? EMPTY_SONG.root,
  scale: parseScale(room.get('scale')) ?? EMPTY_SONG.scale,
  stepCount: parseStepCount(room.get('stepCount')) ?? EMPTY_SONG.stepCount,
})

function assemble(drafts: ReadonlyMap<TrackId, Draft>, shape: DocShape): readonly Track[] {
  const shown = [...drafts].flatMap(([id, draft]) =>
    draft.meta === undefined ? [] : [{ id, draft, meta: draft.meta }],
  )
  shown.sort((a, b) => a.meta.bornMs - b.meta.bornMs || (a.id < b.id ? -1 : 1))
  return shown.slice(0, MAX_TRACKS).map(({ id, draft, meta }) => {
    draft.track ??= {
      id,
      owner: meta.owner,
      home: meta.home,
      name: meta.name,
      colour: meta.colour,
      subdivision: readSubdivision(id, shape),
      sound: parseSound((param) => shape.params.get(paramEntry(id, param))),
      patterns: { a: draft.notes },
    }
    draft.handedOut = true
    return draft.track
  })
}

const readSubdivision = (id: TrackId, { params }: DocShape): Subdivision =>
  parseSubdivision(params.get(paramEntry(id, 'subdivision'))) ?? 4
