import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern } from '../../sequence/pattern.ts'
import type { CellPlace } from './roll-keys.ts'

/** The note at the selected place; undefined once it is gone or the loop has become shorter. */
export function selectedNote(
  place: CellPlace | undefined,
  pattern: Pattern,
  stepCount: number,
): Note | undefined {
  if (place === undefined || place.step >= stepCount) return undefined
  return pattern.get(noteKey(place.step, place.pitch))
}
