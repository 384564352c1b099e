import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatAt, initialTransport, timeAt, withTempo } from '../clock/tempo-map.ts'
import type { FrameTempo } from './engine-types.ts'
import { beatAtFrame, frameOfBeat, segmentAtFrame } from './frame-beats.ts'
import { clampTempo, isSameMotion, toFrameTempo } from './frame-tempo.ts'
import { playingAt } from './testing/songs.ts'

const SAMPLE_RATE = 48_000
const line = { framesPerMs: 48, frameAt: (sharedMs: number) => sharedMs * 48 + 0.25 }

test('a transport in frames stands at the same beats', () => {
  const transport = withTempo(playingAt(120), 60, 400, 600, 'bo')

  const tempo = toFrameTempo(transport, line)

  expect(tempo).toEqual([
    { frame: 0.25, beat: 0, framesPerBeat: 24_000, playing: true },
    { frame: 48_000.25, beat: 2, framesPerBeat: 48_000, playing: true },
  ])
  expect(toFrameTempo(initialTransport('one'), line)).toMatchObject([{ playing: false }])
})

test('the second segment governs from its own frame on', () => {
  const tempo = toFrameTempo(withTempo(playingAt(120), 60, 400, 600, 'bo'), line)

  expect(segmentAtFrame(tempo, 47_999)).toBe(tempo[0])
  expect(segmentAtFrame(tempo, 48_000)).toBe(tempo[1])
  expect(frameOfBeat(segmentAtFrame(tempo, 48_000), 2.5)).toBe(72_000)
})

test('the length of a beat is brought within what can be played', () => {
  const [slow, fast] = clampTempo(
    [
      { frame: 0, beat: 0, framesPerBeat: 1e12, playing: true },
      { frame: 0, beat: 0, framesPerBeat: -5, playing: true },
    ],
    SAMPLE_RATE,
  )

  expect(slow.framesPerBeat).toBe(2 * SAMPLE_RATE)
  expect(fast?.framesPerBeat).toBe(0.2 * SAMPLE_RATE)
})

test.each(['frame', 'beat', 'framesPerBeat'])('a %s that is no number is our mistake', (field) => {
  const segment = { frame: 0, beat: 0, framesPerBeat: 24_000, playing: true }

  expect(() => clampTempo([{ ...segment, [field]: NaN }], SAMPLE_RATE)).toThrow(RangeError)
  expect(() => clampTempo([segment, { ...segment, [field]: Infinity }], SAMPLE_RATE)).toThrow(
    'a tempo map must have finite numbers',
  )
})

test('[CLK20] a glide in frames is the glide in time, to a sample', () => {
  const tempo = fc.double({ min: 40, max: 240, noNaN: true })
  const beats = fc.constantFrom(4, 8, 16, 32)
  const ahead = fc.double({ min: 2, max: 100, noNaN: true })
  fc.assert(
    fc.property(tempo, tempo, beats, ahead, (from, to, glideBeats, beat) => {
      const transport = withTempo(playingAt(from), to, 10, 0, 'bo', { glideBeats })

      const [, glide] = toFrameTempo(transport, line)

      if (glide === undefined) return
      const frame = line.frameAt(timeAt(transport, beat) ?? NaN)
      expect(Math.abs(frameOfBeat(glide, beat) - frame)).toBeLessThanOrEqual(0.5 + 1e-4)
      expect(beatAtFrame(glide, frame)).toBeCloseTo(beatAt(transport, frame / 48 - 0.25 / 48), 6)
    }),
  )
})

test('a glide is brought within what can be played, and one that leads nowhere is left out', () => {
  const segment = { frame: 0, beat: 0, framesPerBeat: 24_000, playing: true }
  const clamped = (framesPerBeat: number, beats: number) =>
    clampTempo([{ ...segment, glide: { framesPerBeat, beats } }], SAMPLE_RATE)[0].glide

  expect(clamped(1e12, 1000)).toEqual({ framesPerBeat: 96_000, beats: 64 })
  expect(clamped(-5, 4)).toEqual({ framesPerBeat: 9600, beats: 4 })
  expect(clamped(24_000, 0)).toBeUndefined()
  expect(() => clamped(NaN, 4)).toThrow('a tempo map must have finite numbers')
})

const PLAYING = { frame: 0, beat: 0, framesPerBeat: 24_000, playing: true }
const LATER = { frame: 48_000, beat: 2, framesPerBeat: 24_000, playing: true }
const COMING = { frame: 96_000, beat: 4, framesPerBeat: 20_000, playing: true }

test('the same motion may be written down at any moment of it', () => {
  expect(isSameMotion([PLAYING], [LATER])).toBe(true)
  expect(isSameMotion([PLAYING, COMING], [LATER, COMING])).toBe(true)
  expect(isSameMotion([PLAYING], [{ ...LATER, frame: 48_000.1 }])).toBe(true)
})

test.each<[string, FrameTempo]>([
  ['another place', [{ ...LATER, frame: 48_000.5 }]],
  ['another tempo', [{ ...LATER, framesPerBeat: 24_000.1 }]],
  ['a stop', [{ ...LATER, playing: false }]],
  ['a change to come', [LATER, COMING]],
])('%s is another motion', (_, other) => {
  expect(isSameMotion([PLAYING], other)).toBe(false)
})

test('a song that stands is the same while it stands on one beat', () => {
  const still = { ...PLAYING, playing: false }

  expect(isSameMotion([still], [{ ...still, frame: 999, framesPerBeat: 20_000 }])).toBe(true)
  expect(isSameMotion([still], [{ ...still, beat: 1 }])).toBe(false)
})
