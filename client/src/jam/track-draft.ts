import { parseFollow } from '../sequence/parse-chords.ts'
import { parseName } from '../sequence/parse-name.ts'
import { parseSound, parseStepCount, parseSubdivision, parseSwing } from '../sequence/parse-song.ts'
import {
  EMPTY_PATTERN,
  type Note,
  type NoteKey,
  type Pattern,
  type PatternName,
} from '../sequence/pattern.ts'
import type { Launch, Subdivision, Track, TrackId } from '../sequence/song.ts'
import type { EntryValue } from './sheet-base.ts'
import type { TrackTraits } from './song-part.ts'
import { parseColour, type TrackMeta } from './track-meta.ts'

/** A track in the making: what was read of it so far. */
export interface TrackDraft {
  meta: TrackMeta | undefined
  /** Those that have notes. */
  readonly patterns: Map<PatternName, Map<NoteKey, Note>>
  /** Patterns that are already in somebody's hands as part of a song, and so must not change any more. */
  readonly handedOut: Set<PatternName>
  launch: Launch | undefined
  /** What the params amount to; undefined when one of them changed since. */
  traits: Traits | undefined
  /** What all of it amounts to; undefined when something changed since. */
  track: Track | undefined
}

interface Traits {
  readonly shown: TrackTraits & Pick<Track, 'isLocked' | 'subdivision' | 'sound'>
  /** Among the tracks; undefined: by when it was made. */
  readonly order: number | undefined
}

export type ParamOf = (param: string) => EntryValue | undefined

const DEFAULT_SUBDIVISION: Subdivision = 4
/** What the param `lock` is of a locked track. */
export const LOCKED = 'on'

export const createTrackDraft = (): TrackDraft => ({
  meta: undefined,
  patterns: new Map(),
  handedOut: new Set(),
  launch: undefined,
  traits: undefined,
  track: undefined,
})

/** @param note undefined to take it away */
export function putNote(
  draft: TrackDraft,
  pattern: PatternName,
  key: NoteKey,
  note: Note | undefined,
): void {
  draft.track = undefined
  const known = draft.patterns.get(pattern)
  if (known === undefined && note === undefined) return
  const notes = known === undefined || draft.handedOut.delete(pattern) ? new Map(known) : known
  if (note === undefined) notes.delete(key)
  else notes.set(key, note)
  if (notes.size === 0) draft.patterns.delete(pattern)
  else draft.patterns.set(pattern, notes)
}

/** Begins anew with nothing but its name. */
export function emptyDraft(draft: TrackDraft): void {
  draft.patterns.clear()
  draft.handedOut.clear()
  draft.traits = undefined
  draft.track = undefined
}

/** Where it stands among the tracks, lower first. */
export const orderOf = (draft: TrackDraft, meta: TrackMeta, paramOf: ParamOf): number => {
  draft.traits ??= readTraits(paramOf)
  return draft.traits.order ?? meta.bornMs
}

/** The same object until something of it changes. */
export function trackOf(
  id: TrackId,
  draft: TrackDraft,
  { owner, home, name, colour }: TrackMeta,
  paramOf: ParamOf,
): Track {
  draft.traits ??= readTraits(paramOf)
  draft.track ??= {
    id,
    owner,
    home,
    name,
    colour,
    ...draft.traits.shown,
    patterns: { a: EMPTY_PATTERN, ...handOut(draft) },
    ...(draft.launch === undefined ? {} : { launch: draft.launch }),
  }
  return draft.track
}

function handOut({ patterns, handedOut }: TrackDraft): Partial<Record<PatternName, Pattern>> {
  for (const name of patterns.keys()) handedOut.add(name)
  return Object.fromEntries(patterns)
}

function readTraits(paramOf: ParamOf): Traits {
  const order = paramOf('order')
  return {
    shown: {
      ...parseTraits(paramOf),
      ...(paramOf('lock') === LOCKED ? { isLocked: true } : {}),
      subdivision: parseSubdivision(paramOf('subdivision')) ?? DEFAULT_SUBDIVISION,
      sound: parseSound(paramOf),
    },
    order: typeof order === 'number' ? order : undefined,
  }
}

/** Out of a stranger's values; what is none of a trait is left out. */
export function parseTraits(read: (trait: keyof TrackTraits) => unknown): TrackTraits {
  const title = parseName(read('title'))
  const tint = read('tint')
  const steps = parseStepCount(read('steps'))
  const swing = parseSwing(read('swing'))
  const follow = parseFollow(read('follow'))
  return {
    ...(title === undefined ? {} : { title }),
    ...(typeof tint === 'number' && tint >= 0 ? { tint: parseColour(tint) } : {}),
    ...(steps === undefined ? {} : { steps }),
    ...(swing === undefined ? {} : { swing }),
    ...(follow === undefined ? {} : { follow }),
  }
}
