import type { ChordLane } from './chord-lane.ts'
import type { Follow } from './follow-chords.ts'
import { EMPTY_PATTERN, type Pattern, type PatternName } from './pattern.ts'
import type { PitchClass, ScaleName } from './scale.ts'
import type { TrackSound } from './track-sound.ts'
import type { Trade } from './trade.ts'

/** Version of the song's shape in the document; a newer one opens read-only. */
export const SONG_SCHEMA = 4

/** Those that are offered for the whole song. */
export const STEP_COUNTS = [8, 16, 32, 64] as const
/** Steps in a loop: whole, 1 to 64. */
export type StepCount = number

/** A moment that peers have agreed on. */
export interface Moment {
  /** Id of the clock session in whose shared time the moment is written; in any other it has passed. */
  readonly epoch: string
  readonly sharedMs: number
}

/** A step count that holds from an agreed moment on. */
export interface StepChange extends Moment {
  /** Steps in everybody's loop until then. */
  readonly before: StepCount
}

export const SUBDIVISIONS = [1, 2, 3, 4, 6, 8, 16] as const
/** Steps in one beat (quarter note): 1 = quarters, 3 = triplet eighths, 4 = sixteenths, 6 = triplet sixteenths. */
export type Subdivision = (typeof SUBDIVISIONS)[number]

export type TrackId = string & { readonly brand: 'TrackId' }

const TRACK_ID = /^[a-z2-7]{8,26}$/
export const isTrackId = (text: unknown): text is TrackId =>
  typeof text === 'string' && TRACK_ID.test(text)

/** Which of its loops a track plays. */
export interface Playing {
  readonly pattern: PatternName
  /** Silent: no note of it begins. */
  readonly isOff: boolean
}

/** What a track plays, and what until when before that. */
export interface Launch extends Playing {
  /** Left out where it simply plays. */
  readonly change?: Moment & { readonly before: Playing }
}

/** Nothing is heard from `sharedMs` up to `endMs`, and all of it is back then. */
export interface Drop extends Moment {
  readonly endMs: number
}

/** Everybody's song becomes what it was in a riff. */
export interface Comeback extends Moment {
  /** The riff's id, see `Riff`. */
  readonly riff: string
}

/** One person's instrument and what it plays. */
export interface Track {
  readonly id: TrackId
  /** Peer id of the person whose track it is; they may have left. */
  readonly owner: string
  /** Names the browser it was made in, so that its maker finds it again tomorrow; random, means nothing elsewhere. */
  readonly home: string
  /** Shown name: the owner's at the time, 1 to 20 characters. */
  readonly name: string
  /** Index into the palette of people's colours, from 0. */
  readonly colour: number
  /** Its own name, 1 to 20 characters; left out: its owner's. */
  readonly title?: string
  /** Its own colour; left out: its owner's. */
  readonly tint?: number
  /** While its owner is here only they change it. */
  readonly isLocked?: boolean
  readonly subdivision: Subdivision
  /** Steps in its loops; left out: as many as the song has. */
  readonly steps?: StepCount
  /** Where the second of two steps begins, in percent of both, 50 to 75; left out: as in the song. */
  readonly swing?: number
  /** How the song's chords move its notes; left out: not at all. A kit follows none. */
  readonly follow?: Follow
  readonly sound: TrackSound
  /** Those that have notes, and the first in any case. */
  readonly patterns: { readonly a: Pattern } & Readonly<Partial<Record<PatternName, Pattern>>>
  /** Left out: the first. */
  readonly launch?: Launch
}

/** All that a jam plays, but for its transport. */
export interface Song {
  readonly schema: number
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly stepCount: StepCount
  /** When the step count began or begins to hold; left out where it simply does. */
  readonly stepChange?: StepChange
  /** Where the second of two steps begins, in percent of both: 50 (even) to 75; left out: 50. */
  readonly swing?: number
  /** What tracks may follow; left out: nothing. */
  readonly chords?: ChordLane
  /** What the rows of patterns are called; those that have no name are left out. */
  readonly sceneNames?: Readonly<Partial<Record<PatternName, string>>>
  readonly drop?: Drop
  readonly comeback?: Comeback
  /** Left out: nobody takes turns. */
  readonly trade?: Trade
  /** In the order in which they are shown. */
  readonly tracks: readonly Track[]
}

export const EMPTY_SONG: Song = {
  schema: SONG_SCHEMA,
  root: 0,
  scale: 'chromatic',
  stepCount: 16,
  tracks: [],
}

/** Even. */
export const MIN_SWING = 50
export const MAX_SWING = 75
/** Those that are offered, percent: 66 is that of triplets. */
export const SWINGS = [50, 54, 58, 62, 66, 70, 75] as const

/** What a track plays that nobody has launched. */
export const FIRST: Launch = { pattern: 'a', isOff: false }

export const launchOf = ({ launch }: Pick<Track, 'launch'>): Launch => launch ?? FIRST

export const patternOf = ({ patterns }: Pick<Track, 'patterns'>, name: PatternName): Pattern =>
  patterns[name] ?? EMPTY_PATTERN

export const stepsOf = (
  { steps }: Pick<Track, 'steps'>,
  { stepCount }: Pick<Song, 'stepCount'>,
): StepCount => steps ?? stepCount

export const swingOf = ({ swing }: Pick<Track, 'swing'>, song: Pick<Song, 'swing'>): number =>
  swing ?? song.swing ?? MIN_SWING
