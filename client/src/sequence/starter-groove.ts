import type { Note, Pitch } from './pattern.ts'
import type { PitchClass, ScaleName } from './scale.ts'
import type { StepCount, Subdivision } from './song.ts'
import { INITIAL_SOUND, type TrackSound } from './track-sound.ts'
import type { Bpm } from './time.ts'

/** What one track of a groove plays, and how it sounds. */
export interface GroovePart {
  readonly subdivision: Subdivision
  readonly notes: readonly Note[]
  readonly sound: TrackSound
}

/** A first song for an empty room: the part of one's own track, more tracks, and the room's settings that go with them. */
export interface StarterGroove extends GroovePart {
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly bpm: Bpm
  readonly stepCount: StepCount
  /** Percent; even without it. */
  readonly swing?: number
  /** The name of the track that ducks one's own. */
  readonly duckedBy?: string
  /** Tracks besides one's own, with their names. */
  readonly others: readonly (GroovePart & { readonly title: string })[]
}

export type Row = readonly [step: number, pitch: Pitch, velocity: number, length: number]

export const notesOf = (rows: readonly Row[]): readonly Note[] =>
  rows.map(([step, pitch, velocity, length]) => ({ step, pitch, velocity, length }))

/** A walks to F and, late in the bar, to G, which leads back round. */
const BASS: readonly Row[] = [
  [0, 33, 118, 2],
  [3, 45, 84, 1],
  [6, 33, 104, 1],
  [8, 29, 116, 2],
  [11, 41, 84, 1],
  [14, 31, 108, 2],
]

/** Am7, Fmaj7 and G on the backbeats, each with a lighter echo. */
const CHORDS: readonly Row[] = [
  [4, 60, 66, 2],
  [4, 64, 66, 2],
  [4, 67, 62, 2],
  [7, 60, 44, 1],
  [7, 64, 44, 1],
  [12, 57, 64, 2],
  [12, 60, 64, 2],
  [12, 64, 66, 2],
  [15, 59, 48, 1],
  [15, 62, 48, 1],
]

/** Five notes of A minor pentatonic: a question in the first half, an answer in the second. */
const MELODY: readonly Row[] = [
  [2, 76, 88, 1],
  [5, 74, 76, 1],
  [6, 72, 90, 2],
  [9, 69, 80, 1],
  [10, 72, 92, 2],
  [13, 74, 84, 1],
  [14, 67, 78, 2],
]

export const STARTER_GROOVE: StarterGroove = {
  root: 9,
  scale: 'natural minor',
  bpm: 108,
  stepCount: 16,
  subdivision: 4,
  others: [],
  notes: notesOf([...BASS, ...CHORDS, ...MELODY]),
  sound: {
    ...INITIAL_SOUND,
    waveform: 'sawtooth',
    attackSeconds: 0.004,
    decaySeconds: 0.24,
    sustain: 0.28,
    releaseSeconds: 0.32,
    cutoffHz: 2200,
    resonance: 2,
    volume: 0.8,
  },
}
