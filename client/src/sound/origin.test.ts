import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { areSame, peakOf } from './testing/listen.ts'
import { note, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000

/** A held note on a device whose audio clock began `ahead` frames before another's. */
function heard(ahead: number, origin: number, effect: 'chorus' | 'reverb'): Float32Array {
  const core = createEngineCore(SAMPLE_RATE)
  const sound = { ...INITIAL_SOUND, sustain: 1, [effect]: 1 }
  const patch = createSongPatcher()(songOf(trackOf([note(0, 60, 60, 16)], { sound })))
  if (patch !== undefined) core.change(patch)
  core.setOrigin(origin)
  const frame = ahead + 256
  core.setTempo([{ frame, beat: 0, framesPerBeat: 24_000, playing: true }])
  const [left, side] = [new Float32Array(48_000), new Float32Array(128)]
  for (let at = 0; at < left.length; at += 128) {
    core.process(left.subarray(at, at + 128), side, ahead + at)
  }
  return left
}

test.each(['chorus', 'reverb'] as const)(
  '[SND2] %s stands where shared time does, on devices whose clocks began at different times',
  (effect) => {
    const ours = heard(0, -1000, effect)

    expect(peakOf(ours)).toBeGreaterThan(0.01)
    expect(areSame(heard(128_000, 127_000, effect), ours)).toBe(true)
    expect(areSame(heard(128_000, -1000, effect), ours)).toBe(false)
  },
)
