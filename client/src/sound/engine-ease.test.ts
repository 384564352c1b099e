import { expect, test } from 'vitest'
import { DRUM_PIECES, pieceToPitch } from '../sequence/drum-sound.ts'
import type { Song } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { peakOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { heardFrom, played, SAMPLE_RATE, two } from './testing/two-tracks.ts'

const eased = (song: Song, ease: 0 | 1 | 2 | 3): Float32Array =>
  played(song, (core) => {
    core.setEase(ease, trackId('anasanas'))
  })[0]

const farthest = (one: Float32Array, other: Float32Array): number =>
  peakOf(one.map((sample, at) => sample - (other[at] ?? 0)))

test('unison is given up first, and the notes begin when they did', () => {
  const rich = { unison: '7', waveform: 'sawtooth' } as const
  const [all, less] = [eased(two(rich), 0), eased(two(rich), 1)]

  const onsets = [all, less].map((left) => left.findIndex((sample) => Math.abs(sample) > 1e-3))
  expect(Math.abs((onsets[0] ?? 0) - (onsets[1] ?? 0))).toBeLessThan(24)
  expect(farthest(all, less)).toBeGreaterThan(0.01)
})

test.each(['chorus', 'reverb'] as const)('%s is given up second', (effect) => {
  const wet = two({ [effect]: 0.5 }, { [effect]: 0.5 })

  expect(farthest(eased(wet, 1), eased(two(), 1))).toBeGreaterThan(0.01)
  expect(farthest(eased(wet, 2), eased(two(), 2))).toBeLessThan(1e-3)
})

test('what is given up is so for a track that comes later too', () => {
  const wet = two({ chorus: 0.5 }, { chorus: 0.5 })
  const later = (song: Song): Float32Array => {
    const core = createEngineCore(SAMPLE_RATE)
    core.setEase(2)
    return heardFrom(core, song)
  }

  expect(farthest(later(wet), later(two()))).toBeLessThan(1e-3)
})

test('one’s own track is spared though it comes after the others were eased', () => {
  const core = createEngineCore(SAMPLE_RATE)
  core.setEase(3, trackId('anasanas'))
  heardFrom(core, two())

  for (const id of ['anasanas', 'bosbosbo'].map(trackId)) {
    for (let pitch = 40; pitch < 46; pitch++) {
      core.audition({ track: id, pitch, velocity: 100, seconds: 1 })
    }
  }

  // With the note that each of them holds, of which the eased one's made room for another.
  expect(core.takeLevels().voices).toBe(7 + 3)
})

/** Ana's chord of twelve that rings for long, and bo's too; or both hit all of a kit. */
function crowd(instrument: 'synth' | 'drums') {
  const sound = { ...INITIAL_SOUND, instrument, sustain: 1, releaseSeconds: 4 } as const
  const pitches = instrument === 'drums' ? DRUM_PIECES.map(pieceToPitch) : TWELVE
  const notes = pitches.flatMap((pitch, index) => [note(index % 16, pitch, 100, 16)])
  const core = createEngineCore(SAMPLE_RATE)
  const tracks = ['anasanas', 'bosbosbo'].map((id) => trackOf(notes, { id, sound }))
  const patch = createSongPatcher()(songOf(...tracks))
  if (patch !== undefined) core.change(patch)
  core.setTempo([{ frame: 128, beat: 0, framesPerBeat: 2400, playing: true }])
  const [left, right] = [new Float32Array(128), new Float32Array(128)]
  let frame = 0
  return {
    core,
    run(frames: number): number {
      for (const end = frame + frames; frame < end; frame += 128) core.process(left, right, frame)
      return core.takeLevels().voices
    },
  }
}
const TWELVE = Array.from({ length: 12 }, (_, index) => 48 + index)

test('voices are given up of what sounds already, but not of one’s own track', () => {
  const { core, run } = crowd('synth')
  const before = run(9000)

  core.setEase(3, trackId('anasanas'))
  const after = run(256)

  expect(before).toBe(12 + 12)
  expect(after).toBe(12 + 3)
})

test('hits of a kit are given up too, and come back with ease', () => {
  const { core, run } = crowd('drums')
  const before = run(9000)

  core.setEase(3, trackId('anasanas'))
  const after = run(256)
  core.setEase(0, trackId('anasanas'))

  expect(before).toBeGreaterThan(6 + 8)
  expect(after).toBeGreaterThanOrEqual(8)
  expect(after).toBeLessThanOrEqual(before / 2 + 6)
  expect(run(12_000)).toBeGreaterThan(after)
})
