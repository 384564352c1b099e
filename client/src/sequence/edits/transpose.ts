import { HIGHEST_PITCH, LOWEST_PITCH, noteKey, type Note, type Pitch } from '../pattern.ts'
import { isInScale, soundingPitch, type PitchClass, type ScaleName } from '../scale.ts'
import { meeting } from './loop-notes.ts'

/** Moves all by the same number of semitones: as far as the outermost note can go. */
export function transposeBySemitones(notes: readonly Note[], semitones: number): readonly Note[] {
  const by = held(
    notes.map(({ pitch }) => pitch),
    semitones,
    LOWEST_PITCH,
    HIGHEST_PITCH,
  )
  return notes.map((note) => ({ ...note, pitch: note.pitch + by }))
}

/**
 * Moves what is heard by the same number of degrees of the scale: as far as the outermost note can go. Notes that sound
 * alike are written beside each other, as they were; where there is no room for that they become one.
 */
export function transposeByDegrees(
  notes: readonly Note[],
  degrees: number,
  root: PitchClass,
  scale: ScaleName,
): readonly Note[] {
  const pitches = pitchesOf(root, scale)
  const sounding = (pitch: Pitch): Pitch => soundingPitch(pitch, root, scale)
  const degreeOf = ({ pitch }: Note): number => pitches.indexOf(sounding(pitch))
  const by = held(notes.map(degreeOf), degrees, 0, pitches.length - 1)
  if (by === 0) return notes

  const taken = new Set<string>()
  const farFromScale = (note: Note): number => Math.abs(note.pitch - sounding(note.pitch))
  const moved = [...notes]
    .sort((one, other) => farFromScale(one) - farFromScale(other))
    .map((note) => {
      const target = pitches[degreeOf(note) + by] ?? note.pitch
      const pitch = AROUND.map((distance) => target + distance).find(
        (each) => sounding(each) === target && !taken.has(noteKey(note.step, each)),
      )
      const place = { ...note, pitch: pitch ?? target }
      taken.add(noteKey(place.step, place.pitch))
      return place
    })
  return meeting(moved)
}

/** Where else something may be written that sounds as a pitch of the scale. */
const AROUND = [0, 1, -1, 2, -2, 3, -3]

const pitchesOf = (root: PitchClass, scale: ScaleName): readonly Pitch[] =>
  Array.from({ length: HIGHEST_PITCH - LOWEST_PITCH + 1 }, (_, at) => LOWEST_PITCH + at).filter(
    (pitch) => isInScale(pitch, root, scale),
  )

/** How far all of them can go together. */
const held = (places: readonly number[], by: number, lowest: number, highest: number): number =>
  places.length === 0
    ? 0
    : Math.min(highest - Math.max(...places), Math.max(lowest - Math.min(...places), by))
