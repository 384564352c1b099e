import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTransport } from './parse-transport.ts'
import { bpmIn } from './segment.ts'
import {
  beatAt,
  initialTransport,
  lastAsked,
  presentAt,
  rebased,
  segmentAt,
  timeAt,
  withPlay,
  withStop,
  withTempo,
} from './tempo-map.ts'
import type { Transport } from './transport.ts'

const NOW = 1_700_000_000_000
const LEAD = 300

const playing = (): Transport => withPlay(initialTransport('one'), NOW, 0, 'ana')
/** From beat 2, a second after NOW, on: from 120 to 60 over 9 beats, which take 6 s. */
const gliding = (): Transport => withTempo(playing(), 60, NOW + 600, 300, 'bo', { glideBeats: 9 })
const bpmAt = (transport: Transport, sharedMs: number): number =>
  bpmIn(segmentAt(transport, sharedMs), sharedMs)

const asks = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 0, max: 5000 }),
    bpm: fc.double({ min: 40, max: 240, noNaN: true }),
    glideBeats: fc.constantFrom(0, 4, 8, 32),
  }),
  { minLength: 1, maxLength: 12 },
)

test('[CLK20] a glide begins on the beat of its moment and ends so many beats later', () => {
  const transport = gliding()

  expect(transport.next).toMatchObject({ beat: 2, bpm: 120, glide: { bpm: 60, beats: 9 } })
  expect(bpmAt(transport, NOW + 1000)).toBe(120)
  expect(bpmAt(transport, NOW + 4000)).toBe(90)
  expect(timeAt(transport, 11)).toBeCloseTo(NOW + 7000, 3)
  expect(beatAt(transport, NOW + 9000)).toBeCloseTo(13, 6)
})

test('what was asked for is where the glide leads', () => {
  expect(lastAsked(gliding())).toEqual({ playing: true, bpm: 60 })
  expect(withTempo(gliding(), 60, NOW + 2000, LEAD, 'cy')).toEqual(gliding())
})

test('[CLK20] another tempo during a glide begins at the tempo of its own moment', () => {
  const transport = withTempo(gliding(), 240, NOW + 3800, 200, 'cy', { glideBeats: 4 })

  const { next } = transport
  expect(next?.beat).toBe(8)
  expect(next?.bpm).toBeCloseTo(bpmAt(gliding(), next?.sharedMs ?? 0), 9)
  const { beat, sharedMs, bpm, glide } = gliding().next ?? gliding().current
  expect(transport.current).toEqual({ beat, sharedMs, bpm, glide })
})

test('a stop in a glide holds the tempo that was asked for', () => {
  const stopped = withStop(gliding(), NOW + 4000, 0, 'cy')

  expect(lastAsked(stopped)).toEqual({ playing: false, bpm: 60 })
  expect(withTempo(stopped, 90, NOW + 5000, 0, 'cy', { glideBeats: 4 }).current).toEqual({
    beat: beatAt(stopped, NOW + 5000),
    sharedMs: NOW + 5000,
    bpm: 90,
  })
})

test('a stop in a glide that is taken back glides on', () => {
  const stopping = withStop(gliding(), NOW + 4000, 500, 'cy')

  const resumed = withPlay(stopping, NOW + 4100, LEAD, 'ana')

  expect(timeAt(resumed, 11)).toBeCloseTo(NOW + 7000, 3)
})

test('a glide written down at a moment within it is the same motion', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 0, max: 9000 }),
      (atMs, laterMs) => {
        const { playing: plays, ...current } = presentAt(gliding(), NOW + 1000 + atMs)
        const transport = { ...gliding(), playing: plays, current, next: undefined } as never

        const later = NOW + 1000 + atMs + laterMs

        expect(beatAt(transport, later)).toBeCloseTo(beatAt(gliding(), later), 6)
      },
    ),
  )
})

test('beatAt undoes timeAt, and no moment leaps, whatever was asked for on the way', () => {
  fc.assert(
    fc.property(asks, fc.integer({ min: 0, max: 200 }), (list, ahead) => {
      let nowMs = NOW
      let transport = playing()
      for (const { afterMs, bpm, glideBeats } of list) {
        nowMs += afterMs
        const before = transport
        transport = withTempo(transport, bpm, nowMs, LEAD, 'bo', { glideBeats })
        const { next } = transport
        expect(beatAt(transport, nowMs)).toBeCloseTo(beatAt(before, nowMs), 5)
        if (next !== undefined && next !== before.next) {
          expect(beatAt(transport, next.sharedMs - 0.01)).toBeCloseTo(next.beat, 3)
          expect(Number.isInteger(next.beat)).toBe(true)
        }
      }
      const beat = beatAt(transport, nowMs) + ahead

      expect(beatAt(transport, timeAt(transport, beat) ?? NaN)).toBeCloseTo(beat, 5)
    }),
  )
})

test('the same glide in another shared time stands at the same beats', () => {
  const moved = rebased(gliding(), -5000, 'two')

  for (const span of [0, 1000, 3000, 6500, 9000]) {
    expect(beatAt(moved, NOW + span - 5000)).toBe(beatAt(gliding(), NOW + span))
  }
})

test('a glide is read back as it was written', () => {
  expect(parseTransport(structuredClone(gliding()))).toEqual(gliding())
})

test.each([
  ['a tempo beyond the range', { bpm: 999, beats: 4 }, { bpm: 240, beats: 4 }],
  ['too long a way', { bpm: 60, beats: 1e9 }, { bpm: 60, beats: 64 }],
  ['no way at all', { bpm: 60, beats: 0 }, undefined],
  ['a way back', { bpm: 60, beats: -4 }, undefined],
  ['a way that is no number', { bpm: 60, beats: NaN }, undefined],
  ['a tempo in words', { bpm: '60', beats: 4 }, undefined],
  ['a list', [60, 4], undefined],
])('[CLK20] a glide of %s is mended or left out', (_what, glide, read) => {
  const { current } = playing()

  const parsed = parseTransport({ ...playing(), current: { ...current, glide } })

  expect(parsed?.current.glide).toEqual(read)
})
