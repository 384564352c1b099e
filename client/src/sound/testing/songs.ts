import { initialTransport, withPlay, withTempo } from '../../clock/tempo-map.ts'
import type { Transport } from '../../clock/transport.ts'
import { noteKey, type Note } from '../../sequence/pattern.ts'
import { EMPTY_SONG, type Song, type Track, type TrackId } from '../../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'
import type { Bpm } from '../../sequence/time.ts'

/** Begins and ends at once and rings dry, so that each onset can be told from the sound before it. */
export const CLICK: TrackSound = {
  ...INITIAL_SOUND,
  waveform: 'square',
  attackSeconds: 0.001,
  decaySeconds: 0.01,
  sustain: 0,
  releaseSeconds: 0.001,
  cutoffHz: 18_000,
  resonance: 0.7,
}

export const note = (step: number, pitch: number, velocity = 100, length = 1): Note => ({
  step,
  pitch,
  velocity,
  length,
})

export const trackId = (name: string): TrackId => name as TrackId

export const trackOf = (
  notes: readonly Note[],
  change: Partial<Omit<Track, 'id'>> & { readonly id?: string } = {},
): Track => ({
  owner: 'ana',
  home: 'home',
  name: 'ana',
  colour: 0,
  subdivision: 4,
  sound: CLICK,
  patterns: { a: new Map(notes.map((one) => [noteKey(one.step, one.pitch), one])) },
  ...change,
  id: trackId(change.id ?? 'ana'),
})

export const songOf = (...tracks: readonly Track[]): Song => ({ ...EMPTY_SONG, tracks })

/** Plays from beat 0 at shared time 0. */
export const playingAt = (bpm: Bpm): Transport =>
  withPlay(withTempo(initialTransport('one'), bpm, 0, 0, 'ana'), 0, 0, 'ana')
