import type * as Y from 'yjs'
import { PATTERN_NAMES, type PatternName, type Pitch } from '../sequence/pattern.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'

/**
 * The song's shape as a Yjs document, schema 4. One entry for one thing that a person can change, so that two people's
 * edits meet only where they touch the very same thing.
 */
export interface DocShape {
  /** `schema`, `transport`, `root`, `scale`, `stepCount`, `swing`, `drop`, `comeback`, `trade`, `play/<track>`, `scene/<pattern>`, `chord/<place>`. */
  readonly room: Y.Map<unknown>
  /** `<track>` → who made it, and how it is shown. */
  readonly tracks: Y.Map<unknown>
  /** `<track>` → its sheet: a map of its own, with all its notes and params. */
  readonly sheets: Y.Map<unknown>
  /** Lines, oldest first. */
  readonly chat: Y.Array<unknown>
  /** Schema 1: `<track>/<param>` → number or word. Read, and moved to the sheets by the first change. */
  readonly params: Y.Map<unknown>
  /** Schema 1: `<track>/<pattern>/<step>/<written pitch>` → velocity and length. Read, and moved likewise. */
  readonly notes: Y.Map<unknown>
}

export const docShape = (doc: Y.Doc): DocShape => ({
  room: doc.getMap('room'),
  tracks: doc.getMap('tracks'),
  sheets: doc.getMap('sheets'),
  chat: doc.getArray('chat'),
  params: doc.getMap('params'),
  notes: doc.getMap('notes'),
})

/** The entry that holds what a sheet began with. */
export const BASE = '.base'

const PARAM = 'p'

/** Stands where a note was taken away: it is a change as any other, and so can be told from not knowing of the note. */
export const OFF = 0

/** A note's key on its track's sheet; its value is all about it, packed into one number, or `OFF`. */
export const noteEntry = (step: number, pitch: Pitch, pattern: PatternName = 'a'): string =>
  `${pattern}/${step}/${pitch}`

/** Whether an entry of a sheet is a note's. */
export const isNoteEntry = (entry: string, pattern?: PatternName): boolean =>
  entry.charAt(1) === '/' &&
  (pattern === undefined ? isPatternName(entry.charAt(0)) : entry.startsWith(pattern))

const isPatternName = (text: string): text is PatternName =>
  (PATTERN_NAMES as readonly string[]).includes(text)

export const paramEntry = (param: string): string => `${PARAM}/${param}`

/** The parts of a note's key, two of them still text; undefined when it is none. */
export function splitNoteEntry(
  entry: string,
): { readonly pattern: PatternName; readonly step: string; readonly pitch: string } | undefined {
  const [pattern = '', step, pitch, ...rest] = entry.split('/')
  if (!isPatternName(pattern) || rest.length > 0) return undefined
  return step === undefined || pitch === undefined ? undefined : { pattern, step, pitch }
}

/** In the room: what a track plays; a row's name. */
export const playKey = (track: TrackId): string => `play/${track}`
export const trackOfPlayKey = (key: string): TrackId | undefined => {
  const [play, track] = key.split('/')
  return play === 'play' && isTrackId(track) ? track : undefined
}
export const sceneKey = (pattern: PatternName): string => `scene/${pattern}`
/** @param place  from 0 */
export const chordKey = (place: number): string => `chord/${place}`

const SETTING = /^(root|scale|stepCount|swing|scene\/.|chord\/\d+)$/
/** Whether a value of the room is part of the song; the others are played, or have keepers of their own. */
export const isSetting = (key: string): boolean => SETTING.test(key)

/** Where an entry of schema 1 belongs: `<track>/a/<step>/<pitch>` among notes, `<track>/<param>` among params. */
export function splitFlatEntry(
  map: 'notes' | 'params',
  key: string,
): { readonly track: TrackId; readonly entry: string } | undefined {
  const slash = key.indexOf('/')
  const track = key.slice(0, slash)
  const rest = key.slice(slash + 1)
  if (slash < 0 || !isTrackId(track)) return undefined
  return { track, entry: map === 'notes' ? rest : paramEntry(rest) }
}

export const flatEntry = (
  track: TrackId,
  entry: string,
): { readonly map: 'notes' | 'params'; readonly key: string } =>
  entry.startsWith(`${PARAM}/`)
    ? { map: 'params', key: `${track}/${entry.slice(PARAM.length + 1)}` }
    : { map: 'notes', key: `${track}/${entry}` }

/** Marks transactions of this tab's person, apart from what peers and the disk bring in. */
export const MY_EDIT = Symbol('my edit')
