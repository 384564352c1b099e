import { CHORD_TONES, type LaneChord } from './chord-lane.ts'
import { HIGHEST_PITCH, LOWEST_PITCH, type Pitch } from './pattern.ts'
import { isInScale, type PitchClass, type ScaleName } from './scale.ts'

/** How a track follows the chords of the song: `root` as a bass does, `chord` by the tones of each. */
export const FOLLOWS = ['root', 'chord'] as const
export type Follow = (typeof FOLLOWS)[number]

const OCTAVE = 12
const TRITONE = 6
const FARTHEST = HIGHEST_PITCH - LOWEST_PITCH

/** From one pitch class to another by the smaller way, -6 to 5. */
export const intervalTo = (to: number, from: number): number =>
  ((((to - from + TRITONE) % OCTAVE) + OCTAVE) % OCTAVE) - TRITONE

export const isChordTone = (pitch: Pitch, { root, quality }: LaneChord): boolean =>
  CHORD_TONES[quality].some((tone) => (pitch - root - tone) % OCTAVE === 0)

/**
 * What sounds over a chord for the pitches of one step.
 *
 * By `root` all move by the smallest interval from the song's root to the chord's, a tritone down, and then each to the
 * nearest tone of the scale or the chord. By `chord` each goes to the nearest tone of the chord that no other has: those
 * with the shortest way choose first, of equals the lower. Of two equally near tones it is the lower.
 *
 * @param pitches  sounding ones, each once
 * @returns in their order, each within 24 to 108; by `chord` each once, as far as there are so many tones
 */
export function followedPitches(
  pitches: readonly Pitch[],
  chord: LaneChord,
  follow: Follow,
  { root, scale }: { readonly root: PitchClass; readonly scale: ScaleName },
): readonly Pitch[] {
  const isTone = (pitch: Pitch): boolean => isChordTone(pitch, chord)
  if (follow === 'root') {
    const shift = intervalTo(chord.root, root)
    return pitches.map((pitch) =>
      nearest(withinRange(pitch + shift), (each) => isTone(each) || isInScale(each, root, scale)),
    )
  }
  const wayOf = (pitch: Pitch): number => Math.abs(nearest(pitch, isTone) - pitch)
  const taken = new Map<Pitch, Pitch>()
  const given = new Set<Pitch>()
  for (const pitch of pitches.toSorted((a, b) => wayOf(a) - wayOf(b) || a - b)) {
    const free = nearest(pitch, (each) => isTone(each) && !given.has(each), isTone)
    given.add(free)
    taken.set(pitch, free)
  }
  return pitches.map((pitch) => taken.get(pitch) ?? pitch)
}

const withinRange = (pitch: Pitch): Pitch =>
  pitch < LOWEST_PITCH ? pitch + OCTAVE : pitch > HIGHEST_PITCH ? pitch - OCTAVE : pitch

/** The nearest pitch that will do, of two the lower; where none does, the nearest of the second kind. */
function nearest(
  pitch: Pitch,
  does: (pitch: Pitch) => boolean,
  otherwise: (pitch: Pitch) => boolean = () => true,
): Pitch {
  for (let distance = 0; distance <= FARTHEST; distance++) {
    const [below, above] = [pitch - distance, pitch + distance]
    if (below >= LOWEST_PITCH && does(below)) return below
    if (above <= HIGHEST_PITCH && does(above)) return above
  }
  return nearest(pitch, otherwise)
}
