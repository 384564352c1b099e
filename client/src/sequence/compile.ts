import { pieceToPitch, pitchToPiece } from './drum-sound.ts'
import {
  EMPTY_PATTERN,
  MAX_NUDGE,
  MAX_RATCHET,
  MAX_STEPS,
  type Note,
  type Pitch,
} from './pattern.ts'
import { soundingPitch } from './scale.ts'
import { patternOf, swingOf, type Playing, type Song, type Track } from './song.ts'

/**
 * One track's loop as the audio thread wants it: flat, sorted, computed from the scale. Of whatever length the loop is
 * at the moment, its steps are the first so many of these, and no note is longer than it.
 */
export interface TrackLoop {
  /** Steps in a beat. */
  readonly subdivision: number
  /** Steps until it begins anew; 0 for as many as the song has. */
  readonly stepCount: number
  /** How much later than halfway between its neighbours every other step is, in steps, 0 to 0.5. */
  readonly swing: number
  /** How many steps ahead of its own moment a step is looked at, 0 to 1: some of its notes may begin so early. */
  readonly ahead: number
  /** The notes of step s stand from `firstNote[s]` up to, not with, `firstNote[s + 1]`; `MAX_STEPS + 1` long. */
  readonly firstNote: Uint16Array
  /** Sounding MIDI pitches, ascending within a step, each at most once. */
  readonly pitches: Uint8Array
  readonly velocities: Uint8Array
  /** In steps, 1 to `MAX_STEPS`. */
  readonly lengths: Uint8Array
  /** Percent, 1 to 100. */
  readonly chances: Uint8Array
  /** Strokes within the first step, 1 to 4. */
  readonly ratchets: Uint8Array
  /** 1 for a note with a soft stroke before it, else 0. */
  readonly flams: Uint8Array
  /** In 48ths of a step, -24 to 24. */
  readonly nudges: Int8Array
  /** What it plays over each chord of the song; left out where it follows none. */
  readonly lane?: LaneLoops
  /** What its arpeggiator plays around in place of notes; left out where these are its chord. */
  readonly chords?: TrackLoop
}

/** What a track that follows the song's chords plays over each of them. */
export interface LaneLoops {
  /** See `chordEnds`. */
  readonly ends: Uint16Array
  /** One for each chord, which itself follows none. */
  readonly loops: readonly TrackLoop[]
}

/** How long before its stroke the soft one of a flam is, in beats: 20 ms at 120 beats a minute. */
export const FLAM_BEATS = 0.04
/** Farthest that notes stray in time, in beats; and in velocity, as a share of it. */
export const STRAY_BEATS = 1 / 24
export const STRAY_VELOCITY = 0.2
/** How much louder an accent is. */
export const ACCENT = 1.3
export const NUDGES_A_STEP = 2 * MAX_NUDGE
const PITCHES = 128

/** What a loop is made of. */
export interface Played extends Pick<Track, 'sound' | 'steps' | 'swing'> {
  /** In a beat. */
  readonly subdivision: number
}

/** All about a note that sounds. */
export type WholeNote = Required<Omit<Note, 'accent'>>

/** By step, then by pitch, each pitch at most once. */
export function soundingNotes(
  { sound, patterns }: Pick<Track, 'patterns' | 'sound'>,
  { root, scale }: Pick<Song, 'root' | 'scale'>,
  { pattern, isOff }: Playing,
): readonly WholeNote[] {
  const sounding =
    sound.instrument === 'drums' ? piecePitch : (p: Pitch) => soundingPitch(p, root, scale)
  const written = isOff ? EMPTY_PATTERN : patternOf({ patterns }, pattern)
  return merged([...written.values()].map(wholeNote), sounding)
}

/**
 * @param notes  by step, then by pitch
 * @param steps  as many as they may stand on
 */
export function flatLoop(
  notes: readonly WholeNote[],
  track: Played,
  song: Pick<Song, 'swing'>,
  steps = MAX_STEPS,
): TrackLoop {
  return {
    subdivision: track.subdivision,
    stepCount: track.steps ?? 0,
    swing: swingOf(track, song) / 50 - 1,
    ahead: aheadOf(notes, track.subdivision, track.sound.humanise),
    firstNote: firstNotes(notes, steps),
    pitches: Uint8Array.from(notes, (note) => note.pitch),
    velocities: Uint8Array.from(notes, (note) => note.velocity),
    lengths: Uint8Array.from(notes, (note) => note.length),
    chances: Uint8Array.from(notes, (note) => note.chance),
    ratchets: Uint8Array.from(notes, (note) => note.ratchet),
    flams: Uint8Array.from(notes, (note) => (note.flam ? 1 : 0)),
    nudges: Int8Array.from(notes, (note) => note.nudge),
  }
}

const piecePitch = (pitch: Pitch): Pitch | undefined => {
  const piece = pitchToPiece(pitch)
  return piece && pieceToPitch(piece)
}

/** By step, then by pitch, those that meet in one place as one. @param sounding  undefined for what is not heard */
export function merged(
  notes: Iterable<WholeNote>,
  sounding: (pitch: Pitch) => Pitch | undefined,
): readonly WholeNote[] {
  const byPlace = new Map<number, WholeNote>()
  for (const note of notes) {
    const { step } = note
    if (!Number.isInteger(step) || step < 0 || step >= MAX_STEPS) continue
    const pitch = sounding(note.pitch)
    if (pitch === undefined) continue
    const place = step * PITCHES + pitch
    const met = byPlace.get(place)
    const sounds = { ...note, pitch }
    byPlace.set(place, met === undefined ? sounds : together(sounds, met))
  }
  return [...byPlace].sort(([one], [other]) => one - other).map(([, note]) => note)
}

export function wholeNote(note: Note): WholeNote {
  const { step, pitch, velocity, length, chance = 100, ratchet = 1, flam = false, nudge = 0 } = note
  return {
    step,
    pitch,
    velocity: clampWhole(velocity * (note.accent === true ? ACCENT : 1), 1, 127),
    length: clampWhole(length, 1, MAX_STEPS),
    chance: clampWhole(chance, 1, 100),
    ratchet: clampWhole(ratchet, 1, MAX_RATCHET),
    flam,
    nudge: Number.isNaN(nudge) ? 0 : clampWhole(nudge, -MAX_NUDGE, MAX_NUDGE),
  }
}

const together = (one: WholeNote, other: WholeNote): WholeNote => ({
  step: one.step,
  pitch: one.pitch,
  velocity: Math.max(one.velocity, other.velocity),
  length: Math.max(one.length, other.length),
  chance: Math.max(one.chance, other.chance),
  ratchet: Math.max(one.ratchet, other.ratchet),
  flam: one.flam || other.flam,
  nudge: Math.min(one.nudge, other.nudge),
})

function aheadOf(notes: readonly WholeNote[], subdivision: number, humanise: number): number {
  let most = 0
  for (const { nudge, flam } of notes) {
    most = Math.max(most, -nudge / NUDGES_A_STEP + (flam ? FLAM_BEATS * subdivision : 0))
  }
  return Math.min(1, most + humanise * STRAY_BEATS * subdivision)
}

function firstNotes(sorted: readonly WholeNote[], steps: number): Uint16Array {
  const first = new Uint16Array(steps + 1)
  let index = 0
  for (let step = 0; step <= steps; step++) {
    while ((sorted[index]?.step ?? steps) < step) index++
    first[step] = index
  }
  return first
}

const clampWhole = (value: number, min: number, max: number): number =>
  Number.isNaN(value) ? min : Math.min(max, Math.max(min, Math.round(value)))
