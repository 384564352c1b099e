import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatAt, timeAt } from '../clock/tempo-map.ts'
import type { Song, StepCount } from '../sequence/song.ts'
import { STEP_COUNTS } from '../sequence/song.ts'
import type { EngineCore } from './core-types.ts'
import { createEngineCore } from './engine-core.ts'
import { checkSteps, toFrameSteps } from './frame-steps.ts'
import { toFrameTempo } from './frame-tempo.ts'
import { render } from './render.ts'
import { createSongPatcher } from './song-patch.ts'
import { areSame, isSilent, onsetsIn } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const BLOCK = 128
const line = { framesPerMs: 48, frameAt: (sharedMs: number) => sharedMs * 48 }
const TRANSPORT = playingAt(120)
/** Half a sixteenth before beat 4. */
const MOMENT_MS = (timeAt(TRANSPORT, 4) ?? 0) - 62.5

const change = (before: StepCount, count: StepCount, epoch = TRANSPORT.epoch) => ({
  stepCount: count,
  stepChange: { before, epoch, sharedMs: MOMENT_MS },
})
/** Sounds on each step, and no two of 32 alike. */
const scale: Song = songOf(
  trackOf(
    Array.from({ length: 32 }, (_, step) => note(step, 40 + step)),
    { sound: CLICK },
  ),
)
const span = { fromMs: 0, seconds: 4, sampleRate: SAMPLE_RATE }

/** One who plays by the step count so far, and hears of the change at this frame. */
function heardAt(frame: number, before: StepCount, song: Song): Float32Array {
  const core: EngineCore = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(song)
  if (patch !== undefined) core.change(patch)
  core.setTempo(toFrameTempo(TRANSPORT, line))
  core.setSteps({ count: before })
  const left = new Float32Array(4 * SAMPLE_RATE)
  for (let at = 0; at < left.length; at += BLOCK) {
    if (at >= frame) core.setSteps(toFrameSteps(song, TRANSPORT.epoch, line.frameAt))
    core.process(left.subarray(at, at + BLOCK), new Float32Array(BLOCK), at)
  }
  return left
}

test('[CLK21] another step count holds from its moment on, on the exact step', () => {
  const first = songOf(trackOf([note(0, 84)]))

  const { left } = render({ ...first, ...change(16, 8) }, TRANSPORT, span)

  // Sixteen steps take 2 s, eight 1 s; the change is at 2 s.
  expect(onsetsIn(left)).toEqual([0, 96_000, 144_000])
})

test('[CLK21] who heard of it at once and who heard of it late pick the same notes at every step', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STEP_COUNTS),
      fc.constantFrom(...STEP_COUNTS),
      fc.integer({ min: 0, max: MOMENT_MS * 48 - BLOCK }),
      (before, count, frame) => {
        const song = { ...scale, ...change(before, count) }

        expect(areSame(heardAt(frame, before, song), heardAt(0, before, song))).toBe(true)
      },
    ),
    { numRuns: 6 },
  )
})

test('who hears of it when it has passed plays on with the others', () => {
  const song = { ...scale, ...change(16, 8) }
  const late = MOMENT_MS * 48 + 9600

  const [there, here] = [heardAt(0, 16, song), heardAt(late, 16, song)]

  const settled = late + 24_000
  expect(areSame(here.subarray(settled), there.subarray(settled))).toBe(true)
})

test('a change of another clock session has passed', () => {
  expect(toFrameSteps(change(16, 8, 'yesterday'), 'one', line.frameAt)).toEqual({ count: 8 })
  expect(toFrameSteps(change(16, 8), 'one', () => undefined)).toEqual({ count: 8 })
  expect(toFrameSteps({ stepCount: 32 }, 'one', line.frameAt)).toEqual({ count: 32 })
})

test('notes beyond the loop are silent, and none is longer than it', () => {
  const long = trackOf([note(7, 60, 100, 32), note(8, 72)], { sound: { ...CLICK, sustain: 1 } })

  const { left } = render({ ...songOf(long), stepCount: 8 }, TRANSPORT, { ...span, seconds: 1.9 })

  expect(beatAt(TRANSPORT, 875)).toBe(1.75)
  expect(isSilent(left, 0, 42_000)).toBe(true)
  expect(onsetsIn(left, 4)[0]).toBe(42_000)
})

test('a change on a frame that is no number is our mistake', () => {
  expect(() => checkSteps({ count: 8, change: { before: 16, frame: NaN } })).toThrow(
    'a step count must change on a finite frame',
  )
})
