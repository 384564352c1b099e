import { packNote } from '../sequence/note-code.ts'
import { type Note, PATTERN_NAMES, type PatternName } from '../sequence/pattern.ts'
import type { Subdivision, Track } from '../sequence/song.ts'
import { INITIAL_SOUND, type TrackParam, type TrackSound } from '../sequence/track-sound.ts'
import { noteEntry, paramEntry } from './doc-shape.ts'
import type { EntryValue } from './sheet-base.ts'

/** All that a track plays. */
export interface Part {
  /** Of its first pattern. */
  readonly notes: readonly Note[]
  readonly more?: Readonly<Partial<Record<PatternName, readonly Note[]>>>
  readonly sound: TrackSound
  readonly subdivision: Subdivision
  readonly traits?: TrackTraits
}

/** What a track may have of its own besides its sound; what is as usual is left out. */
export type TrackTraits = Pick<Track, 'title' | 'tint' | 'steps' | 'swing' | 'follow'>

/** Everything about a track that one value says. */
export type SheetParam =
  TrackParam | 'subdivision' | 'steps' | 'swing' | 'follow' | 'title' | 'tint' | 'order' | 'lock'

/** What a param is that has no entry. */
export const initialOf = (param: string): EntryValue | undefined =>
  (INITIAL_SOUND as Readonly<Record<string, EntryValue>>)[param]

/** The entries of a sheet that say it; what is as usual needs none. */
export function entriesOf(part: Part): ReadonlyMap<string, EntryValue> {
  const { notes, more, sound, subdivision, traits } = part
  const params = Object.entries({ ...sound, subdivision, ...traits }).filter(
    ([param, value]) => initialOf(param) !== value,
  )
  const patterns = { ...more, a: notes }
  return new Map<string, EntryValue>([
    ...PATTERN_NAMES.flatMap((name) => notesOn(name, patterns[name] ?? [])),
    ...params.map(([param, value]) => [paramEntry(param), value] as const),
  ])
}

const notesOn = (
  name: PatternName,
  notes: readonly Note[],
): readonly (readonly [string, EntryValue])[] =>
  notes.map((note) => [noteEntry(note.step, note.pitch, name), packNote(note)] as const)

/** A track's notes, sound and traits, to be written elsewhere. */
export function partOf(track: Track): Part {
  const { patterns, sound, subdivision, title, tint, steps, swing, follow } = track
  const { a, ...more } = patterns
  return {
    notes: [...a.values()],
    more: Object.fromEntries(
      Object.entries(more).map(([name, notes]) => [name, [...notes.values()]]),
    ),
    sound,
    subdivision,
    traits: {
      ...(title === undefined ? {} : { title }),
      ...(tint === undefined ? {} : { tint }),
      ...(steps === undefined ? {} : { steps }),
      ...(swing === undefined ? {} : { swing }),
      ...(follow === undefined ? {} : { follow }),
    },
  }
}
