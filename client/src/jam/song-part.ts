import { packNote } from '../sequence/note-code.ts'
import type { Note } from '../sequence/pattern.ts'
import type { Subdivision } from '../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { noteEntry, paramEntry } from './doc-shape.ts'
import type { EntryValue } from './sheet-base.ts'

/** All that a track plays. */
export interface Part {
  readonly notes: readonly Note[]
  readonly sound: TrackSound
  readonly subdivision: Subdivision
}

/** What a param is that has no entry. */
export const initialOf = (param: string): EntryValue | undefined =>
  (INITIAL_SOUND as Readonly<Record<string, EntryValue>>)[param]

/** The entries of a sheet that say it; what is as usual needs none. */
export function entriesOf({ notes, sound, subdivision }: Part): ReadonlyMap<string, EntryValue> {
  const params = Object.entries({ ...sound, subdivision }).filter(
    ([param, value]) => initialOf(param) !== value,
  )
  return new Map<string, EntryValue>([
    ...notes.map((note) => [noteEntry(note.step, note.pitch), packNote(note)] as const),
    ...params.map(([param, value]) => [paramEntry(param), value] as const),
  ])
}
