import type { Song } from '../../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'
import type { EngineCore } from '../core-types.ts'
import { createEngineCore } from '../engine-core.ts'
import { createSongPatcher } from '../song-patch.ts'
import { note, songOf, trackOf } from './songs.ts'

export const SAMPLE_RATE = 48_000
export const SINE: TrackSound = {
  ...INITIAL_SOUND,
  waveform: 'sine',
  sustain: 1,
  releaseSeconds: 0.05,
  cutoffHz: 18_000,
}
/** A4 and E4, held. */
export const ANA = [note(0, 69, 60, 16)]
const BO = [note(0, 64, 60, 16)]

/** A track of ana's and one of bo's, each a held sine unless it is told otherwise. */
export const two = (ana: Partial<TrackSound> = {}, bo: Partial<TrackSound> = {}): Song =>
  songOf(
    trackOf(ANA, { id: 'anasanas', sound: { ...SINE, ...ana } }),
    trackOf(BO, { id: 'bosbosbo', sound: { ...SINE, ...bo } }),
  )

/** Plays the song from its beginning for a second, after `prepare`. */
export function played(
  song: Song,
  prepare: (core: EngineCore) => void,
): [Float32Array, Float32Array] {
  const core = createEngineCore(SAMPLE_RATE)
  give(core, song)
  prepare(core)
  return run(core)
}

function give(core: EngineCore, song: Song): void {
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
}

/** The left side of a song that is given to an engine. */
export function heardFrom(core: EngineCore, song: Song): Float32Array {
  give(core, song)
  return run(core)[0]
}

function run(core: EngineCore): [Float32Array, Float32Array] {
  core.setTempo([{ frame: 128, beat: 0, framesPerBeat: 24_000, playing: true }])
  const [left, right] = [new Float32Array(60_032), new Float32Array(60_032)]
  for (let at = 0; at < left.length; at += 128) {
    core.process(left.subarray(at, at + 128), right.subarray(at, at + 128), at)
  }
  return [left, right]
}
