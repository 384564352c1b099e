import { noteKey, type Note } from '../../client/src/sequence/pattern.ts'
import {
  EMPTY_SONG,
  isTrackId,
  type Song,
  type Track,
  type TrackId,
} from '../../client/src/sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../../client/src/sequence/track-sound.ts'
import { type Patch, type Piece, STEPS, stepSeconds } from './sound-pieces.ts'

const LOUD = 127
/** Longest note there is: 21 seconds in quarters at 90 beats a minute. */
const LONGEST = 32
const SEMITONES_OF_ENVELOPE = 72
const FIRST_LETTER = 97

/** As the app makes them: at another nobody could duck. */
function trackId(track: number): TrackId {
  const id = `benchtrack${String.fromCodePoint(FIRST_LETTER + track)}`
  if (!isTrackId(id)) throw new Error(`a track must have a valid id, got ${id}`)
  return id
}

/** All that a track's strip has. */
const EFFECTS: Partial<TrackSound> = {
  drive: 0.4,
  lowDb: 3,
  middleDb: -2,
  highDb: 2,
  chorus: 0.5,
  duck: 0.6,
  duckBy: trackId(0),
  echo: 0.3,
  echoFeedback: 0.4,
  reverb: 0.2,
}

const soundOf = (patch: Patch, track: number): TrackSound => ({
  ...INITIAL_SOUND,
  waveform: 'sawtooth',
  unison: patch.unison === 7 ? '7' : '1',
  unisonCents: patch.unisonCents,
  attackSeconds: patch.attackSeconds,
  decaySeconds: patch.decaySeconds,
  sustain: patch.sustain,
  releaseSeconds: patch.releaseSeconds,
  cutoffHz: patch.cutoffHz,
  resonance: patch.resonance,
  filterEnvelope: (patch.octaves * 12) / SEMITONES_OF_ENVELOPE,
  modDecaySeconds: patch.filterDecaySeconds,
  volume: 0.3,
  pan: (track % 5) / 4 - 0.5,
  ...(patch.hasEffects ? EFFECTS : {}),
  ...(patch.hasEffects && track === 0 ? { duckBy: trackId(1) } : {}),
})

/** A piece as our song: what begins at 0 and never ends is written as the longest note. */
export function songOf({ tracks, notes, patch }: Piece): Song {
  const isChord = notes.every(({ atSeconds }) => atSeconds === 0)
  return {
    ...EMPTY_SONG,
    tracks: Array.from({ length: tracks }, (_, track): Track => {
      const written = notes
        .filter((note) => note.track === track)
        .slice(0, isChord ? undefined : STEPS)
        .map(({ pitch, atSeconds, seconds }): Note => ({
          step: isChord ? 0 : Math.round(atSeconds / stepSeconds),
          pitch,
          velocity: LOUD,
          length: isChord ? LONGEST : Math.round(seconds / stepSeconds),
        }))
      return {
        id: trackId(track),
        owner: 'bench',
        home: 'bench',
        name: 'bench',
        colour: 0,
        subdivision: isChord ? 1 : 4,
        sound: soundOf(patch, track),
        patterns: { a: new Map(written.map((note) => [noteKey(note.step, note.pitch), note])) },
      }
    }),
  }
}
