import type { ArpPattern } from './arp-settings.ts'
import type { TrackLoop } from './compile.ts'
import type { StepCount } from './song.ts'

/** Most pitches of one chord. */
export const MAX_CHORD = 32

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
  chord.newest = -1
  const last = loop.firstNote[stepCount] ?? 0
  for (let step = 0, note = 0; note < last; note++) {
    while ((loop.firstNote[step + 1] ?? last) <= note) step++
    const begun = lastTime(step, here, stepCount)
    if (begun > chord.newest && sounds(begun, note)) chord.newest = begun
  }
  if (chord.newest < 0) return
  const at = isHeld ? chord.newest : place
  for (let step = 0, note = 0; note < last; note++) {
    while ((loop.firstNote[step + 1] ?? last) <= note) step++
    const begun = lastTime(step, here, stepCount)
    const length = Math.min(stepCount, loop.lengths[note] ?? 1)
    if (begun < 0 || begun + length <= at || !sounds(begun, note)) continue
    addPitch(chord, loop.pitches[note] ?? 0)
    chord.velocity += loop.velocities[note] ?? 0
  }
  chord.velocity /= Math.max(1, chord.count)
}

/** The latest absolute step up to `here` that plays a step of the pattern; below 0 when there was none. */
const lastTime = (step: number, here: number, stepCount: number): number =>
  here - ((((here - step) % stepCount) + stepCount) % stepCount)

function addPitch(chord: Chord, pitch: number): void {
  const { pitches } = chord
  let at = chord.count
  while (at > 0 && (pitches[at - 1] ?? 0) > pitch) at--
  if (chord.count >= MAX_CHORD || pitches[at - 1] === pitch) return
  pitches.copyWithin(at + 1, at, chord.count)
  pitches[at] = pitch
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
