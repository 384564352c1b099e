import { noteKey, type Note, type NoteKey, type Pitch } from '../pattern.ts'
import { createDice } from './dice.ts'
import { inLoop, withVelocity, wrapped } from './loop-notes.ts'

export interface VaryOptions {
  /** The same seed varies the same notes the same way. */
  readonly seed: number
  readonly stepCount: number
  /** What stands on a beat carries the groove: it stays where it is. */
  readonly stepsPerBeat: number
  /** Strokes of a kit stay in their rows and get soft ones beside them; other notes go to pitches beside theirs. */
  readonly drums: boolean
}

/** How often a note off the beat is left out, comes a step earlier or later, or goes to another pitch. */
const LEFT_OUT = 0.12
const MOVED = 0.18
const REPITCHED = 0.25
/** How often a stroke gets a soft one beside it. */
const GHOSTED = 0.15
const GHOST = 0.45
const LOUDNESS_STRAY = 8

/**
 * Another groove of the same kind: what is on the beat stays, what is off it may move by a step, be left out or answered.
 * No pitch comes in that was not there, and at least half of the notes stay as many.
 */
export function vary(notes: readonly Note[], options: VaryOptions): readonly Note[] {
  return inLoop(notes, options.stepCount, (playing) => varied(playing, options))
}

function varied(playing: readonly Note[], options: VaryOptions): readonly Note[] {
  const { seed, stepCount, stepsPerBeat, drums } = options
  const dice = createDice(seed)
  const pitches = [...new Set(playing.map(({ pitch }) => pitch))].sort((one, other) => one - other)
  const placed = new Map<NoteKey, Note>(
    playing.map((note) => [noteKey(note.step, note.pitch), note]),
  )
  let spare = Math.floor(playing.length / 2)

  const put = (note: Note): void => void placed.set(noteKey(note.step, note.pitch), note)
  const take = ({ step, pitch }: Note): void => void placed.delete(noteKey(step, pitch))
  const isFree = ({ step, pitch }: Note): boolean => !placed.has(noteKey(step, pitch))
  const beside = (note: Note): Note => ({
    ...note,
    step: wrapped(note.step + (dice() < 0.5 ? -1 : 1), stepCount),
  })
  const replace = (note: Note, other: Note): void => {
    if (!isFree(other)) return
    take(note)
    put(other)
  }
  for (const note of playing) {
    // All are drawn for every note, so that what becomes of one says nothing about the next.
    const [fate, echo, loudness] = [dice(), dice(), dice()]
    const other = drums ? beside(note) : { ...note, pitch: neighbour(note.pitch, pitches, dice()) }
    const aside = beside(note)
    const isOnBeat = note.step % stepsPerBeat === 0
    if (!isOnBeat && fate < LEFT_OUT) {
      if (spare-- > 0) take(note)
      continue
    }
    const heard = withVelocity(note, note.velocity + (2 * loudness - 1) * LOUDNESS_STRAY)
    put(heard)
    if (!isOnBeat && fate < LEFT_OUT + MOVED) replace(heard, { ...aside, velocity: heard.velocity })
    else if (!isOnBeat && !drums && fate < LEFT_OUT + MOVED + REPITCHED) replace(heard, other)
    else if (drums && echo < GHOSTED && isFree(other)) put(ghost(other))
  }
  return [...placed.values()]
}

/** Another pitch of the pattern, next to this one if there is one. */
function neighbour(pitch: Pitch, pitches: readonly Pitch[], share: number): Pitch {
  const at = pitches.indexOf(pitch)
  return pitches[at + (share < 0.5 ? -1 : 1)] ?? pitch
}

const ghost = ({ step, pitch, velocity }: Note): Note => ({
  step,
  pitch,
  velocity: Math.max(1, Math.round(velocity * GHOST)),
  length: 1,
})
