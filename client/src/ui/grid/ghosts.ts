import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'

/** The notes of another track, in steps of this one. */
export interface Ghost {
  readonly colour: string
  readonly notes: readonly {
    readonly start: number
    readonly length: number
    readonly pitch: Pitch
  }[]
}

/** A loop, however long its steps are. */
export interface Loop {
  readonly subdivision: number
  readonly stepCount: number
}

/**
 * Where another loop sounds along this one: from its beginning on, over and over until this one ends.
 *
 * @param pitchOf the row of a note, or undefined where it has none
 */
export function ghostOf(
  other: Loop & { readonly pattern: Pattern; readonly colour: string },
  mine: Loop,
  pitchOf: (note: Note) => Pitch | undefined,
): Ghost {
  const scale = mine.subdivision / other.subdivision
  const loop = other.stepCount * scale
  const rounds = Math.ceil(mine.stepCount / loop)
  const notes = [...other.pattern.values()].flatMap((note) => {
    const pitch = pitchOf(note)
    if (pitch === undefined || note.step >= other.stepCount) return []
    const length = Math.min(note.length, other.stepCount - note.step) * scale
    return Array.from({ length: rounds }, (_, round) => ({
      start: round * loop + note.step * scale,
      length,
      pitch,
    })).filter(({ start }) => start < mine.stepCount)
  })
  return { colour: other.colour, notes }
}
