import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { NOTES_WORDS } from '../../words/notes.ts'
import { noteOver } from './hit-test.ts'
import type { RollRows } from './roll-rows.ts'

const WORDS = NOTES_WORDS.cell

/** What the whole grid is called. */
export const rollWords = NOTES_WORDS.roll

/**
 * What a screen reader says of one place of the grid; steps are counted from 1.
 *
 * @param pattern as the rows show it
 */
export function cellWords(
  rows: RollRows,
  pattern: Pattern,
  step: number,
  pitch: Pitch,
  soundingOf: (pitch: Pitch) => Pitch,
): string {
  const place = { row: rows.nameOf(pitch), step: step + 1 }
  const note = pattern.get(noteKey(step, pitch))
  if (note !== undefined) {
    const length = rows.kind === 'pitches' ? [WORDS.length(note.length)] : []
    const sounding = soundingOf(pitch)
    const elsewhere = sounding === pitch ? [] : [WORDS.soundsAs(rows.nameOf(sounding))]
    const says = [WORDS.velocity(note.velocity), ...length, ...touchWords(note), ...elsewhere]
    return WORDS.note({ ...place, says })
  }
  const held = noteOver(pattern, step, pitch)
  return held === undefined ? WORDS.empty(place) : WORDS.held({ ...place, since: held.step + 1 })
}

/** What is drawn as marks on a note. */
function touchWords({ accent, flam, ratchet, chance, nudge = 0 }: Note): readonly string[] {
  return [
    accent === true ? WORDS.accent : '',
    flam === true ? WORDS.flam : '',
    ratchet === undefined ? '' : WORDS.ratchet(ratchet),
    chance === undefined ? '' : WORDS.chance(chance),
    nudge > 0 ? WORDS.late : '',
    nudge < 0 ? WORDS.early : '',
  ].filter((words) => words !== '')
}
