import type { Pattern } from './pattern.ts'
import type { PitchClass, ScaleName } from './scale.ts'
import type { TrackSound } from './track-sound.ts'

/** Version of the song's shape in the document; a newer one opens read-only. */
export const SONG_SCHEMA = 3

export const STEP_COUNTS = [8, 16, 32] as const
/** Steps in everybody's loop. */
export type StepCount = (typeof STEP_COUNTS)[number]

/** A step count that holds from an agreed moment on. */
export interface StepChange {
  /** Steps in everybody's loop until then. */
  readonly before: StepCount
  /** Id of the clock session in whose shared time the moment is written; in any other it has passed. */
  readonly epoch: string
  readonly sharedMs: number
}

export const SUBDIVISIONS = [1, 2, 4] as const
/** Steps in one beat (quarter note): 1 = quarters, 2 = eighths, 4 = sixteenths. */
export type Subdivision = (typeof SUBDIVISIONS)[number]

export type TrackId = string & { readonly brand: 'TrackId' }

const TRACK_ID = /^[a-z2-7]{8,26}$/
export const isTrackId = (text: unknown): text is TrackId =>
  typeof text === 'string' && TRACK_ID.test(text)

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
  readonly subdivision: Subdivision
  readonly sound: TrackSound
  readonly patterns: { readonly a: Pattern }
}

/** All that a jam plays, but for its transport. */
export interface Song {
  readonly schema: number
  readonly root: PitchClass
  readonly scale: ScaleName
  readonly stepCount: StepCount
  /** When the step count began or begins to hold; left out where it simply does. */
  readonly stepChange?: StepChange
  /** In the order in which they are shown: oldest first. */
  readonly tracks: readonly Track[]
}

export const EMPTY_SONG: Song = {
  schema: SONG_SCHEMA,
  root: 0,
  scale: 'chromatic',
  stepCount: 16,
  tracks: [],
}
