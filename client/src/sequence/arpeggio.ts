import type { ArpPattern } from './arp-settings.ts'
import type { TrackLoop } from './compile.ts'
import type { StepCount } from './song.ts'

/** Most pitches of one chord. */
const MAX_CHORD = 32

/** What an arpeggiator plays around; filled in anew for each of its notes. */
export interface Chord {
  /** Ascending, each once. */
  readonly pitches: Uint8Array
  count: number
  /** Mean of its notes. */
  velocity: number
  /** Absolute step, of the loop, on which its newest note began. */
  newest: number
}

export const createChord = (): Chord => ({
  pitches: new Uint8Array(MAX_CHORD),
  count: 0,
  velocity: 0,
  newest: 0,
})

/**
 * Reads the chord that a loop holds at a place.
 *
 * @param place  in steps since the song began, with fractions
 * @param isHeld  whether a chord goes on until the next note
 * @param sounds  whether a note of the loop sounds on an absolute step, chance taken into account
 */
export function readChord(
  chord: Chord,
  loop: TrackLoop,
  place: number,
  stepCount: StepCount,
  isHeld: boolean,
  sounds: (step: number, note: number) => boolean,
): void {
  const here = Math.floor(place)
  chord.count = 0
  chord.velocity = 0
  chord.newest = newestStep(loop, here, stepCount, sounds)
  if (chord.newest < 0) return
  const at = isHeld ? chord.newest : place
  for (let step = 0; step < stepCount; step++) {
    const begun = lastTime(step, here, stepCount)
    if (begun < 0) continue
    for (let note = firstOf(loop, step); note < firstOf(loop, step + 1); note++) {
      const length = Math.min(stepCount, loop.lengths[note] ?? 1)
      if (begun + length > at && sounds(begun, note)) addNote(chord, loop, note)
    }
  }
  chord.velocity /= Math.max(1, chord.count)
}

const firstOf = (loop: TrackLoop, step: number): number => loop.firstNote[step] ?? 0

/** The latest absolute step up to `here` on which a note begins; -1 when there was none. */
function newestStep(
  loop: TrackLoop,
  here: number,
  stepCount: StepCount,
  sounds: (step: number, note: number) => boolean,
): number {
  let newest = -1
  for (let step = 0; step < stepCount; step++) {
    const begun = lastTime(step, here, stepCount)
    if (begun <= newest) continue
    for (let note = firstOf(loop, step); note < firstOf(loop, step + 1); note++) {
      if (sounds(begun, note)) newest = begun
    }
  }
  return newest
}

/** The latest absolute step up to `here` that plays a step of the pattern; below 0 when there was none. */
const lastTime = (step: number, here: number, stepCount: number): number =>
  here - ((((here - step) % stepCount) + stepCount) % stepCount)

const addNote = (chord: Chord, loop: TrackLoop, note: number): void => {
  addPitch(chord, loop.pitches[note] ?? 0, loop.velocities[note] ?? 0)
}

/** Adds a note to a chord whose velocity is still the sum of theirs; one of a pitch that it has is left out. */
export function addPitch(chord: Chord, pitch: number, velocity: number): void {
  const { pitches } = chord
  let at = chord.count
  while (at > 0 && (pitches[at - 1] ?? 0) > pitch) at--
  if (chord.count >= MAX_CHORD || pitches[at - 1] === pitch) return
  pitches.copyWithin(at + 1, at, chord.count)
  pitches[at] = pitch
  chord.velocity += velocity
  chord.count++
}

/**
 * Which of a row of pitches, lowest first, is played as the so many-eth.
 *
 * @param total  pitches in the row: those of the chord in each octave
 * @param index  from 0
 * @param random  32 bits, of this note alone
 */
export function arpPlace(
  pattern: ArpPattern,
  total: number,
  index: number,
  random: number,
): number {
  const turn = index % total
  switch (pattern) {
    case 'up':
      return turn
    case 'down':
      return total - 1 - turn
    case 'up-down':
      return swingPlace(total, index)
    case 'down-up':
      return total - 1 - swingPlace(total, index)
    case 'random':
      return (random >>> 0) % total
    case 'converge':
      return inwards(total, turn)
    case 'diverge':
      return inwards(total, total - 1 - turn)
  }
}

/** Up and down, with neither end twice. */
function swingPlace(total: number, index: number): number {
  const period = Math.max(1, 2 * total - 2)
  const turn = index % period
  return turn < total ? turn : period - turn
}

/** Lowest, highest, second lowest and so on. */
const inwards = (total: number, turn: number): number =>
  turn % 2 === 0 ? turn / 2 : total - (turn + 1) / 2
