import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import type { CellPlace } from './roll-keys.ts'
import { ownPitch, rowsFor } from './roll-rows.ts'
import type { RollRows } from './roll-rows.ts'
import { selectedNote } from './selected-note.ts'

export interface NoteChange {
  readonly velocity?: number
  readonly length?: number
}

/** What can be done to the notes as they were written. */
export interface NoteVerbs {
  toggle(step: number, pitch: Pitch): void
  change(note: Note, change: NoteChange): void
  remove(note: Note): void
}

/** A track's notes as the rows of its roll show them. */
export interface RowNotes {
  readonly rows: ComputedRef<RollRows>
  readonly shown: ComputedRef<Pattern>
  /** What is shown as one note may be several that were written: all of them are changed. */
  readonly verbs: {
    toggle(step: number, pitch: Pitch): void
    change(place: CellPlace, change: NoteChange): void
    remove(place: CellPlace): void
  }
  /** Where the note that is shown at a place was written. */
  writtenPlace(place: CellPlace): CellPlace
  /** The note that is shown for one that was written at a place. */
  shownAt(place: CellPlace | undefined, stepCount: number): Note | undefined
}

export function useRowNotes(
  isDrums: () => boolean,
  pattern: () => Pattern,
  verbs: NoteVerbs,
): RowNotes {
  const rows = computed(() => rowsFor(isDrums()))
  const shown = computed(() => rows.value.shown(pattern()))
  const written = ({ step, pitch }: CellPlace): readonly Note[] =>
    rows.value.written(pattern(), step, pitch)

  function remove(place: CellPlace): void {
    written(place).forEach(verbs.remove)
  }
  return {
    rows,
    shown,
    verbs: {
      toggle(step, pitch) {
        if (written({ step, pitch }).length === 0) verbs.toggle(step, pitch)
        else remove({ step, pitch })
      },
      change(place, change) {
        for (const note of written(place)) verbs.change(note, change)
      },
      remove,
    },
    writtenPlace(place) {
      const { step, pitch } = written(place)[0] ?? place
      return { step, pitch }
    },
    shownAt(place, stepCount) {
      const own = place && { step: place.step, pitch: ownPitch(rows.value, place.pitch) }
      return selectedNote(own, shown.value, stepCount)
    },
  }
}
