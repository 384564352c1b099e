import { HIGHEST_PITCH, LOWEST_PITCH } from '../sequence/pattern.ts'
import type { ClickSettings, HandBend, HandNote, PersonalMix, TrackMix } from './engine-types.ts'
import type { Audition } from './protocol.ts'

const LONGEST_AUDITION_SECONDS = 10
/** An octave each way, semitones. */
const MOST_BEND = 12

/** What is told to the audio thread, within its ranges; what is no number is the least. */
export const clampAudition = ({ track, pitch, velocity, seconds }: Audition): Audition => ({
  track,
  pitch: clampTo(LOWEST_PITCH, HIGHEST_PITCH, Math.round(pitch)),
  velocity: clampTo(1, 127, velocity),
  seconds: clampTo(0, LONGEST_AUDITION_SECONDS, seconds),
})

/** Without a frame it is at once. */
export const clampHand = (note: HandNote): HandNote => ({
  ...note,
  pitch: clampTo(LOWEST_PITCH, HIGHEST_PITCH, Math.round(note.pitch)),
  velocity: clampTo(0, 127, note.velocity),
  frame: Number.isFinite(note.frame) ? note.frame : -Infinity,
})

export const clampBend = (bend: HandBend): HandBend => ({
  ...bend,
  semitones: clampTo(-MOST_BEND, MOST_BEND, bend.semitones),
  wheel: clampTo(0, 1, bend.wheel),
})

export const clampClick = ({ metronome, countIn, level }: ClickSettings): ClickSettings => ({
  metronome,
  countIn,
  level: clampTo(0, 1, level),
})

export const clampVolume = (volume: number): number => clampTo(0, 1, volume)

export const clampMix = (mix: PersonalMix): PersonalMix =>
  new Map([...mix].map(([id, one]) => [id, clampTrackMix(one)]))

const clampTrackMix = ({ volume, pan, muted, soloed }: TrackMix): TrackMix => ({
  volume: clampTo(0, 2, volume),
  pan: clampTo(-1, 1, pan),
  muted,
  soloed,
})

const clampTo = (min: number, max: number, value: number): number =>
  Number.isNaN(value) ? min : Math.min(max, Math.max(min, value))
