import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import type { Song } from '../sequence/song.ts'
import type { EngineCore } from './core-types.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { isSilent, peakOf } from './testing/listen.ts'
import { note, songOf, trackId, trackOf } from './testing/songs.ts'
import { SAMPLE_RATE, SINE } from './testing/two-tracks.ts'

const STEP = 6000
const BEGIN = 128
const PANIC = 4 * STEP
const PANIC_BLOCK = 128 * Math.ceil(PANIC / 128)
const SOON = PANIC + 0.05 * SAMPLE_RATE
const LONG = { ...SINE, releaseSeconds: 3 }

/** The left side of two bars at 120 beats a minute; all that sounds is ended when `PANIC` frames are over. */
function heard(
  song: Song,
  onBlock = (core: EngineCore, at: number): void => {
    if (at === PANIC_BLOCK) core.panic()
  },
): Float32Array {
  const core = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setTempo([{ frame: BEGIN, beat: 0, framesPerBeat: 24_000, playing: true }])
  const [left, right] = [new Float32Array(32 * STEP), new Float32Array(32 * STEP)]
  for (let at = 0; at < left.length; at += 128) {
    onBlock(core, at)
    core.process(left.subarray(at, at + 128), right.subarray(at, at + 128), at)
  }
  return left
}

const steepest = (samples: Float32Array, from: number, to: number): number =>
  peakOf(samples.slice(from, to).map((sample, at) => sample - (samples[from + at - 1] ?? 0)))

const EVERYTHING = songOf(
  trackOf([note(0, 57, 100, 16), note(0, 64, 100, 16)], {
    sound: {
      ...LONG,
      echo: 0.8,
      echoFeedback: 0.8,
      chorus: 0.7,
      reverb: 0.9,
      drive: 0.4,
      lowDb: 6,
    },
  }),
  trackOf([note(0, pieceToPitch('crash')), note(3, pieceToPitch('open-hat'))], {
    id: 'drumsdrums',
    sound: { ...SINE, instrument: 'drums', reverb: 0.5 },
  }),
)

test('held notes, kits, echoes and the room are silent within 50 ms, up to the next note', () => {
  const left = heard(EVERYTHING)

  expect(
    peakOf(
      heard(EVERYTHING, () => undefined),
      SOON,
      16 * STEP,
    ),
  ).toBeGreaterThan(0.01)
  expect(peakOf(left, PANIC - STEP, PANIC)).toBeGreaterThan(0.1)
  expect(isSilent(left, SOON, 16 * STEP)).toBe(true)
  expect(peakOf(left, 16 * STEP, 18 * STEP)).toBeGreaterThan(0.1)
})

test('they end without a click: nowhere steeper than what sounded', () => {
  const left = heard(songOf(trackOf([note(0, 69, 100, 16)], { sound: LONG })))

  expect(steepest(left, PANIC, SOON)).toBeLessThanOrEqual(
    steepest(left, PANIC - STEP, PANIC) + 1e-6,
  )
})

test('strokes that were decided and have not begun are forgotten, later ones are heard', () => {
  const late = { ...note(4, 69), nudge: 24 }
  const left = heard(songOf(trackOf([late, note(8, 69)], { sound: LONG })))

  expect(isSilent(left, 0, 8 * STEP)).toBe(true)
  expect(peakOf(left, 8 * STEP, 9 * STEP)).toBeGreaterThan(0.05)
})

test('a note that begins while all ends is ended too, without a click', () => {
  const struck = heard(songOf(trackOf([note(0, 57, 100, 4)], { sound: LONG })), (core, at) => {
    if (at === PANIC_BLOCK) core.panic()
    if (at === PANIC_BLOCK + 128) {
      core.audition({ track: trackId('anasanas'), pitch: 69, velocity: 100, seconds: 2 })
    }
  })

  expect(isSilent(struck, SOON, 16 * STEP)).toBe(true)
  expect(steepest(struck, PANIC, SOON)).toBeLessThan(0.02)
})
