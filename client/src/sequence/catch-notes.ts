import { stepInPattern } from './onsets.ts'
import { MAX_NUDGE, MAX_STEPS, type Note, type Pitch } from './pattern.ts'

/** A note as a hand played it. */
export interface PlayedNote {
  readonly pitch: Pitch
  /** 1 to 127. */
  readonly velocity: number
  /** Of the song, with fraction; may lie a little before 0. */
  readonly beat: number
  /** How long it was held. */
  readonly beats: number
}

/** What a played note is written onto. */
export interface CatchGrid {
  /** Steps in a beat. */
  readonly subdivision: number
  /** Steps of the loop, 1 to 64. */
  readonly stepCount: number
  /** Percent, 50 to 75. */
  readonly swing: number
}

/** Where a played note is written, and when its step comes. */
export interface CaughtNote {
  readonly note: Note
  /** Of the song, on which the note will have been struck in this round. */
  readonly beat: number
}

const NUDGES_A_STEP = 2 * MAX_NUDGE
const STRAIGHT = 50

/**
 * Writes a played note onto the nearest step, where swing has that step, and as far from it as it was played.
 *
 * @param strength  0 keeps what was played, to a 48th of a step; 1 moves it onto the step
 */
export function catchNote(played: PlayedNote, grid: CatchGrid, strength: number): CaughtNote {
  const { subdivision, stepCount } = grid
  const position = played.beat * subdivision
  const step = nearestStep(position, grid)
  const away = (position - momentOf(step, grid)) * (1 - strength)
  const nudge = Math.min(MAX_NUDGE, Math.max(-MAX_NUDGE, Math.round(away * NUDGES_A_STEP)))
  const length = Math.round(played.beats * subdivision)
  return {
    note: {
      step: stepInPattern(step, stepCount),
      pitch: played.pitch,
      velocity: played.velocity,
      length: Math.max(1, Math.min(length, stepCount, MAX_STEPS)),
      ...(nudge === 0 ? {} : { nudge }),
    },
    beat: (momentOf(step, grid) + nudge / NUDGES_A_STEP) / subdivision,
  }
}

/**
 * The last round of what was played, as it goes into a loop: the notes from one length of the loop before the end of
 * the last one on. Of several that fall in one place the last stays.
 */
export function catchRound(
  played: readonly PlayedNote[],
  grid: CatchGrid,
  strength: number,
): readonly Note[] {
  const round = grid.stepCount / grid.subdivision
  const last = Math.max(...played.map(({ beat }) => beat))
  const notes = played
    .filter(({ beat }) => beat > last - round)
    .map((note) => catchNote(note, grid, strength).note)
  return [...new Map(notes.map((note) => [`${note.step}/${note.pitch}`, note])).values()]
}

/** On which step's part an absolute step begins, in steps. */
const momentOf = (step: number, { swing }: CatchGrid): number =>
  step + (step % 2) * (swing / STRAIGHT - 1)

function nearestStep(position: number, grid: CatchGrid): number {
  const below = Math.max(0, Math.floor(position) - 1)
  let nearest = below
  for (let step = below; step <= below + 3; step++) {
    const isNearer =
      Math.abs(position - momentOf(step, grid)) < Math.abs(position - momentOf(nearest, grid))
    if (isNearer) nearest = step
  }
  return nearest
}
