import { expect, test } from 'vitest'
import { timeAt } from '../clock/tempo-map.ts'
import { noteKey, type Note } from '../sequence/pattern.ts'
import type { Launch, Track } from '../sequence/song.ts'
import { createEngineCore } from './engine-core.ts'
import { toFrameTempo } from './frame-tempo.ts'
import { render } from './render.ts'
import { createSongPatcher } from './song-patch.ts'
import { isSilent, onsetsIn, peakOf } from './testing/listen.ts'
import { CLICK, note, playingAt, songOf, trackOf } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
/** Two beats a second: a sixteenth is 6,000 frames. */
const TRANSPORT = playingAt(120)
const STEP = 6000
/** Blocks that are processed before frame 0, so that it is whole. */
const LEAD_IN = 1280

const patternOf = (...notes: readonly Note[]): ReadonlyMap<ReturnType<typeof noteKey>, Note> =>
  new Map(notes.map((one) => [noteKey(one.step, one.pitch), one]))
const msOfBeat = (beat: number): number => timeAt(TRANSPORT, beat) ?? NaN

function onsetsOf(
  track: Partial<Track>,
  song: Partial<ReturnType<typeof songOf>> = {},
  seconds = 4,
): readonly number[] {
  const whole = { ...songOf(trackOf([], { sound: CLICK, ...track })), ...song }
  const { left } = render(whole, TRANSPORT, { fromMs: 0, seconds, sampleRate: SAMPLE_RATE })
  return onsetsIn(left).map((frame) => frame / STEP)
}

test('a track of twelve steps turns against one of sixteen', () => {
  const patterns = { a: patternOf(note(0, 84)) }

  expect(onsetsOf({ patterns, steps: 12 })).toEqual([0, 12, 24])
  expect(onsetsOf({ patterns })).toEqual([0, 16])
  expect(onsetsOf({ patterns, steps: 1 }, {}, 0.5)).toEqual([0, 1, 2, 3])
})

test('steps come in any of the rates, triplets too', () => {
  const patterns = { a: patternOf(note(0, 84), note(1, 84)) }

  expect(onsetsOf({ patterns, subdivision: 6 }, {}, 1)).toEqual([0, 4 / 6])
  expect(onsetsOf({ patterns, subdivision: 16, steps: 16 }, {}, 0.9)).toEqual([0, 0.25, 4, 4.25])
})

test('a track plays its first pattern, or the one that it was launched with', () => {
  const patterns = { a: patternOf(note(0, 84)), h: patternOf(note(5, 84)) }

  expect(onsetsOf({ patterns }, {}, 2)).toEqual([0])
  expect(onsetsOf({ patterns, launch: { pattern: 'h', isOff: false } }, {}, 2)).toEqual([5])
  expect(onsetsOf({ patterns, launch: { pattern: 'b', isOff: false } }, {}, 2)).toEqual([])
  expect(onsetsOf({ patterns, launch: { pattern: 'a', isOff: true } }, {}, 2)).toEqual([])
})

const AT_BAR_TWO: Launch = {
  pattern: 'b',
  isOff: false,
  change: {
    before: { pattern: 'a', isOff: false },
    epoch: TRANSPORT.epoch,
    sharedMs: msOfBeat(4 - 1 / 32),
  },
}
const TWO_PATTERNS = {
  a: patternOf(note(0, 84), note(15, 84)),
  b: patternOf(note(0, 84), note(8, 84)),
}

test('[CLK23] a launch takes over on the exact step of its bar', () => {
  expect(onsetsOf({ patterns: TWO_PATTERNS, launch: AT_BAR_TWO })).toEqual([0, 15, 16, 24])
})

test('[CLK23] in another session its moment has passed', () => {
  const change = { ...AT_BAR_TWO.change, epoch: 'another' } as Launch['change']
  const launch = { pattern: 'b', isOff: false, change } as Launch

  expect(onsetsOf({ patterns: TWO_PATTERNS, launch })).toEqual([0, 8, 16, 24])
})

test('[CLK23] who heard of it early and who heard of it late play the same', () => {
  const song = (launch?: Launch) =>
    songOf(
      trackOf([], {
        sound: CLICK,
        patterns: TWO_PATTERNS,
        ...(launch === undefined ? {} : { launch }),
      }),
    )
  const heardAt = (heardFrame: number): readonly number[] => {
    const core = createEngineCore(SAMPLE_RATE)
    const patchTo = createSongPatcher()
    const line = { framesPerMs: 48, frameAt: (sharedMs: number) => sharedMs * 48 }
    const first = patchTo(song())
    if (first !== undefined) core.change(first)
    core.setTempo(toFrameTempo(TRANSPORT, line))
    const left = new Float32Array(4 * SAMPLE_RATE)
    let isTold = false
    for (let at = 0; at < left.length; at += 128) {
      if (at - LEAD_IN >= heardFrame && !isTold) {
        isTold = true
        const [track] = song().tracks
        if (track !== undefined) {
          core.setLaunches(new Map([[track.id, msOfBeat(4 - 1 / 32) * 48]]))
        }
        const patch = patchTo(song(AT_BAR_TWO))
        if (patch !== undefined) core.change(patch)
      }
      core.process(left.subarray(at, at + 128), new Float32Array(128), at - LEAD_IN)
    }
    return onsetsIn(left).map((frame) => Math.round((frame - LEAD_IN) / STEP))
  }

  expect(heardAt(6000)).toEqual([0, 15, 16, 24])
  expect(heardAt(80_000)).toEqual([0, 15, 16, 24])
})

test('[SND8] every other step is as late as the swing says, of the song or of the track', () => {
  const patterns = { a: patternOf(note(0, 84), note(1, 84), note(2, 84), note(3, 84)) }

  expect(onsetsOf({ patterns }, { swing: 75 }, 1)).toEqual([0, 1.5, 2, 3.5])
  expect(onsetsOf({ patterns, swing: 60 }, { swing: 75 }, 1)).toEqual([0, 1.2, 2, 3.2])
  expect(onsetsOf({ patterns, swing: 50 }, { swing: 75 }, 1)).toEqual([0, 1, 2, 3])
})

test('the beat swings on through loops of an odd length', () => {
  const patterns = { a: patternOf(note(0, 84), note(1, 84), note(2, 84)) }

  expect(onsetsOf({ patterns, steps: 3, swing: 75 }, {}, 0.7)).toEqual([0, 1.5, 2, 3.5, 4, 5.5])
})

const DROP = { epoch: TRANSPORT.epoch, sharedMs: msOfBeat(2 - 1 / 32), endMs: msOfBeat(6 - 1 / 32) }

test('[CLK24] in a drop nothing is heard, not even what rang, and all is back on the one', () => {
  const pad = { ...CLICK, sustain: 1, releaseSeconds: 3, echo: 0.8, reverb: 1 }
  const notes = patternOf(note(0, 60, 100, 16), note(8, 72))
  const song = { ...songOf(trackOf([], { sound: pad, patterns: { a: notes } })), drop: DROP }

  const { left } = render(song, TRANSPORT, { fromMs: 0, seconds: 4, sampleRate: SAMPLE_RATE })

  const [from, to] = [DROP.sharedMs * 48, DROP.endMs * 48]
  expect(peakOf(left, 0, from)).toBeGreaterThan(0.05)
  expect(isSilent(left, Math.ceil(from + 400), Math.floor(to - 400))).toBe(true)
  expect(peakOf(left, 144_000, 145_000)).toBeGreaterThan(0.05)
})

test('[CLK24] what begins on the one after a drop begins on its sample, as loud as ever', () => {
  const patterns = { a: patternOf(...Array.from({ length: 16 }, (_, step) => note(step, 84))) }
  const whole = songOf(trackOf([], { sound: CLICK, patterns }))
  const span = { fromMs: 0, seconds: 4, sampleRate: SAMPLE_RATE }

  const dropped = render({ ...whole, drop: DROP }, TRANSPORT, span).left
  const plain = render(whole, TRANSPORT, span).left

  const onsets = onsetsIn(dropped).map((frame) => frame / STEP)
  expect(onsets.filter((step) => step > 7 && step < 24)).toEqual([])
  expect(onsets.slice(8, 10)).toEqual([24, 25])
  const first = (side: Float32Array): number => peakOf(side, 24 * STEP, 24 * STEP + 300)
  expect(first(dropped) / first(plain)).toBeCloseTo(1, 1)
})
