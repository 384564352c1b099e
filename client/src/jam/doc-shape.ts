import type * as Y from 'yjs'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'

/**
 * The song's shape as a Yjs document, schema 1. Everything is flat: one entry for one thing that a person can change,
 * so that two people's edits meet only where they touch the very same thing.
 */
export interface DocShape {
  /** `schema`, `transport`, `root`, `scale`, `stepCount`. */
  readonly room: Y.Map<unknown>
  /** `<track>` → who made it, and how it is shown. */
  readonly tracks: Y.Map<unknown>
  /** `<track>/<param>` → number or word. */
  readonly params: Y.Map<unknown>
  /** `<track>/<pattern>/<step>/<written pitch>` → velocity and length, packed into one number. */
  readonly notes: Y.Map<unknown>
  /** Lines, oldest first. */
  readonly chat: Y.Array<unknown>
}

export const docShape = (doc: Y.Doc): DocShape => ({
  room: doc.getMap('room'),
  tracks: doc.getMap('tracks'),
  params: doc.getMap('params'),
  notes: doc.getMap('notes'),
  chat: doc.getArray('chat'),
})

/** The one pattern that every track has from the first day. */
const PATTERN = 'a'
const TRACK_ID = /^[a-z2-7]{8,26}$/

export const isTrackId = (text: unknown): text is TrackId =>
  typeof text === 'string' && TRACK_ID.test(text)

export const noteEntry = (track: TrackId, step: number, pitch: Pitch): string =>
  `${track}/${PATTERN}/${step}/${pitch}`

export const paramEntry = (track: TrackId, param: string): string => `${track}/${param}`

/** The parts of a note's key as text; undefined when it is none of pattern "a". */
export function splitNoteEntry(
  entry: string,
): { readonly track: TrackId; readonly step: string; readonly pitch: string } | undefined {
  const [track, pattern, step, pitch, ...rest] = entry.split('/')
  if (!isTrackId(track) || pattern !== PATTERN || rest.length > 0) return undefined
  return step === undefined || pitch === undefined ? undefined : { track, step, pitch }
}

export function splitParamEntry(
  entry: string,
): { readonly track: TrackId; readonly param: string } | undefined {
  const [track, param, ...rest] = entry.split('/')
  return !isTrackId(track) || param === undefined || rest.length > 0 ? undefined : { track, param }
}

/** Marks transactions of this tab's person, apart from what peers and the disk bring in. */
export const MY_EDIT = Symbol('my edit')
