import { MAX_NUDGE, noteKey, type Note, type NoteKey } from '../pattern.ts'

/**
 * Changes the notes that a loop of so many steps plays; those beyond it stay written and silent.
 *
 * @param change  gets the notes by step, then by pitch, whatever order they came in
 */
export function inLoop(
  notes: readonly Note[],
  stepCount: number,
  change: (playing: readonly Note[]) => readonly Note[],
): readonly Note[] {
  const playing = notes.filter(({ step }) => step < stepCount)
  playing.sort((one, other) => one.step - other.step || one.pitch - other.pitch)
  return [...change(playing), ...notes.filter(({ step }) => step >= stepCount)]
}

/** A step of a loop, counted on round its end and its beginning. */
export const wrapped = (step: number, stepCount: number): number =>
  ((step % stepCount) + stepCount) % stepCount

/** @param nudge in 48ths of a step; held to half a step each way */
export function withNudge(note: Note, nudge: number): Note {
  const held = Math.max(-MAX_NUDGE, Math.min(MAX_NUDGE, Math.round(nudge)))
  if (held !== 0) return { ...note, nudge: held }
  const { nudge: gone, ...rest } = note
  return gone === undefined ? note : rest
}

/** @param velocity held to 1 to 127 */
export const withVelocity = (note: Note, velocity: number): Note => ({
  ...note,
  velocity: Math.max(1, Math.min(127, Math.round(velocity))),
})

/** At most one note in a place: of those that meet the loudest, as long as the longest. */
export function meeting(notes: readonly Note[]): readonly Note[] {
  const met = new Map<NoteKey, Note>()
  for (const note of notes) {
    const key = noteKey(note.step, note.pitch)
    const there = met.get(key)
    if (there === undefined) met.set(key, note)
    else {
      const louder = note.velocity > there.velocity ? note : there
      met.set(key, { ...louder, length: Math.max(note.length, there.length) })
    }
  }
  return [...met.values()]
}
