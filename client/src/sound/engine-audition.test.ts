import { expect, test } from 'vitest'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import type { Song } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import type { EngineCore } from './core-types.ts'
import { createSongPatcher } from './song-patch.ts'
import { areSame, peakOf, strengthOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const ANA = trackId('anasanas')
const C4 = 261.63

/** Two seconds at 120 beats a minute, with something told at a frame. */
function heard(song: Song, at = -1, tell: (core: EngineCore) => void = () => undefined) {
  const core = createEngineCore(48_000)
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setTempo([{ frame: 128, beat: 0, framesPerBeat: 24_000, playing: true }])
  const left = new Float32Array(96_000)
  for (let frame = 0; frame < left.length; frame += 128) {
    if (frame === at) tell(core)
    core.process(left.subarray(frame, frame + 128), new Float32Array(128), frame)
  }
  return left
}

const songWith = (sound: Partial<TrackSound>): Song =>
  songOf(
    trackOf([note(0, 60, 100, 12), note(12, 64, 100, 4)], {
      id: 'anasanas',
      sound: { ...SINE, ...sound },
    }),
  )

test.each([
  { playMode: 'poly', pitch: 60 },
  { playMode: 'mono', pitch: 72 },
  { playMode: 'legato', pitch: 72 },
] as const)('[SND7] a note tried out on a $playMode track ends none of the song’s', (row) => {
  const song = songWith({ playMode: row.playMode })
  const plain = heard(song)

  const tried = heard(song, 12_800, (core) => {
    core.audition({ track: ANA, pitch: row.pitch, velocity: 100, seconds: 0.2 })
  })

  const at = (pcm: Float32Array): number => strengthOf(pcm, C4, 48_000, 40_000, 70_000)
  expect(at(plain)).toBeGreaterThan(0.1)
  expect(at(tried) / at(plain)).toBeCloseTo(1, 2)
  expect(peakOf(tried.map((sample, frame) => sample - (plain[frame] ?? 0)))).toBeGreaterThan(0.1)
})

test('[SND7] the song plays on as it would have after a note that was tried out on a gliding track', () => {
  const song = songWith({ playMode: 'mono', glideSeconds: 0.2 })
  const plain = heard(song)

  const tried = heard(song, 70_400, (core) => {
    core.audition({ track: ANA, pitch: 84, velocity: 100, seconds: 0.01 })
  })

  const difference = tried.map((sample, frame) => sample - (plain[frame] ?? 0))
  expect(peakOf(difference, 82_000)).toBeLessThan(1e-3)
})

test('a track that arrives muted, or beside a soloed one, is silent from its first sample on', () => {
  const loud = { ...INITIAL_SOUND, attackSeconds: 0.001 }
  const steps = Array.from({ length: 16 }, (_, step) => note(step, 60, 127, 2))
  for (const [mine, other] of [
    ['on', 'off'],
    ['off', 'on'],
  ] as const) {
    const song = songOf(
      trackOf(steps, { id: 'anasanas', sound: { ...loud, muted: mine } }),
      trackOf([], { id: 'bosbosbo', sound: { ...loud, soloed: other } }),
    )
    const patch = createSongPatcher()(song)
    const left = heard(songOf(), 6016, (core) => {
      if (patch !== undefined) core.change(patch)
    })

    expect(areSame(left, new Float32Array(left.length))).toBe(true)
  }
})
