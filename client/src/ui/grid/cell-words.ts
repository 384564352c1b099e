import { noteKey } from '../../sequence/pattern.ts'
import type { Note, Pattern, Pitch } from '../../sequence/pattern.ts'
import { noteOver } from './hit-test.ts'
import { pitchName } from './pitch-name.ts'

/** What a screen reader says of one place of the grid; steps are counted from 1. */
export function cellWords(
  pattern: Pattern,
  step: number,
  pitch: Pitch,
  soundingOf: (pitch: Pitch) => Pitch,
): string {
  const place = `${pitchName(pitch)}, step ${step + 1}`
  const note = pattern.get(noteKey(step, pitch))
  if (note !== undefined) return `${place}, ${noteWords(note)}${soundsAs(note, soundingOf)}`
  const held = noteOver(pattern, step, pitch)
  return held === undefined ? `${place}, empty` : `${place}, held from step ${held.step + 1}`
}

const noteWords = (note: Note): string => `velocity ${note.velocity}, length ${note.length}`

function soundsAs(note: Note, soundingOf: (pitch: Pitch) => Pitch): string {
  const sounding = soundingOf(note.pitch)
  return sounding === note.pitch ? '' : `, sounds as ${pitchName(sounding)}`
}
