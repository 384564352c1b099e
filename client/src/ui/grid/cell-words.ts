import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { noteOver } from './hit-test.ts'
import type { RollRows } from './roll-rows.ts'

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
  const place = `${rows.nameOf(pitch)}, step ${step + 1}`
  const note = pattern.get(noteKey(step, pitch))
  if (note !== undefined) {
    const length = rows.kind === 'pitches' ? [`length ${note.length}`] : []
    const sounding = soundingOf(pitch)
    const elsewhere = sounding === pitch ? [] : [`sounds as ${rows.nameOf(sounding)}`]
    const words = [`velocity ${note.velocity}`, ...length, ...touchWords(note), ...elsewhere]
    return `${place}, ${words.join(', ')}`
  }
  const held = noteOver(pattern, step, pitch)
  return held === undefined ? `${place}, empty` : `${place}, held from step ${held.step + 1}`
}

/** What is drawn as marks on a note. */
function touchWords({ accent, flam, ratchet, chance, nudge = 0 }: Note): readonly string[] {
  return [
    accent === true ? 'accent' : '',
    flam === true ? 'flam' : '',
    ratchet === undefined ? '' : `${ratchet} strokes`,
    chance === undefined ? '' : `chance ${chance} percent`,
    nudge > 0 ? 'late' : '',
    nudge < 0 ? 'early' : '',
  ].filter((words) => words !== '')
}
