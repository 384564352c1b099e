import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beatAt,
  initialTransport,
  isPlayingAt,
  lastAsked,
  rebased,
  timeAt,
  withPlay,
  withStop,
  withTempo,
} from './tempo-map.ts'
import type { Transport } from './transport.ts'

const NOW = 1_700_000_000_000
const LEAD = 300

const bpm = fc.double({ min: 40, max: 240, noNaN: true })
/** Presses of play, stop and tempo, each with the time since the one before it. */
const presses = fc.array(
  fc.record({
    afterMs: fc.double({ min: 0, max: 5000, noNaN: true }),
    press: fc.oneof(fc.constant('play' as const), fc.constant('stop' as const), bpm),
  }),
  { maxLength: 20 },
)

const playing = (from = NOW): Transport => withPlay(initialTransport('one'), from, LEAD, 'ana')

function pressed(transport: Transport, press: 'play' | 'stop' | number, nowMs: number): Transport {
  if (press === 'play') return withPlay(transport, nowMs, LEAD, 'ana')
  if (press === 'stop') return withStop(transport, nowMs, 0, 'ana')
  return withTempo(transport, press, nowMs, LEAD, 'bo')
}

test('a new song stands at beat 0', () => {
  const transport = initialTransport('one')

  expect(isPlayingAt(transport, NOW)).toBe(false)
  expect(beatAt(transport, NOW)).toBe(0)
  expect(timeAt(transport, 4)).toBeUndefined()
})

test('play begins at beat 0 after the lead, and not before', () => {
  const transport = playing()

  expect(isPlayingAt(transport, NOW + LEAD - 1)).toBe(false)
  expect(isPlayingAt(transport, NOW + LEAD)).toBe(true)
  expect(beatAt(transport, NOW + LEAD)).toBe(0)
  expect(beatAt(transport, NOW + LEAD + 2000)).toBe(4)
  expect(timeAt(transport, -2)).toBe(NOW + LEAD)
  expect(transport).toMatchObject({ by: 'ana', n: 1 })
})

test('play pressed twice is play pressed once', () => {
  const once = playing()

  expect(withPlay(once, NOW + 100, LEAD, 'bo')).toBe(once)
  expect(withPlay(once, NOW + 9000, LEAD, 'bo')).toBe(once)
})

test('stop holds the place, and the next play begins at beat 0', () => {
  const stopped = withStop(playing(), NOW + LEAD + 2250, 0, 'bo')

  const again = withPlay(stopped, NOW + 9000, LEAD, 'ana')

  expect(isPlayingAt(stopped, NOW + LEAD + 2250)).toBe(false)
  expect(beatAt(stopped, NOW + 8000)).toBe(4.5)
  expect(beatAt(again, NOW + 9000 + LEAD)).toBe(0)
})

test('[CLK7] a stop with a lead plays on until the first sixteenth after it', () => {
  const transport = withStop(playing(), NOW + 1300, 200, 'bo')

  expect(isPlayingAt(transport, NOW + 1549)).toBe(true)
  expect(isPlayingAt(transport, NOW + 1550)).toBe(false)
  expect(beatAt(transport, NOW + 1550)).toBe(2.5)
  expect(timeAt(transport, 2)).toBeCloseTo(NOW + 1300, 3)
  expect(timeAt(transport, 3)).toBeUndefined()
})

test('stop takes back a start that has not come yet', () => {
  const transport = withStop(playing(), NOW + 100, 200, 'bo')

  expect(lastAsked(transport).playing).toBe(false)
  expect(isPlayingAt(transport, NOW + LEAD + 1)).toBe(false)
  expect(beatAt(transport, NOW + 9000)).toBe(0)
})

test('play takes back a stop that has not come yet, and the song goes on', () => {
  const stopping = withStop(playing(), NOW + 1300, 500, 'bo')

  const transport = withPlay(stopping, NOW + 1400, LEAD, 'ana')

  expect(beatAt(transport, NOW + LEAD + 4000)).toBe(8)
})

test('a tempo asked for between stop and play holds when the stop is taken back', () => {
  const stopping = withTempo(withStop(playing(), NOW + 1300, 500, 'bo'), 60, NOW + 1350, LEAD, 'cy')

  const transport = withPlay(stopping, NOW + 1400, LEAD, 'ana')

  expect(lastAsked(transport)).toEqual({ playing: true, bpm: 60 })
})

test('[CLK7] while playing the tempo changes on the first beat after the lead', () => {
  const transport = withTempo(playing(), 60, NOW + LEAD + 600, 300, 'bo')

  expect(transport.next).toMatchObject({ beat: 2, sharedMs: NOW + LEAD + 1000, bpm: 60 })
  expect(beatAt(transport, NOW + LEAD + 1000)).toBe(2)
  expect(beatAt(transport, NOW + LEAD + 2000)).toBe(3)
})

test('a beat that comes before the lead is over is too soon for a tempo change', () => {
  const transport = withTempo(playing(), 60, NOW + LEAD + 800, 300, 'bo')

  expect(transport.next).toMatchObject({ beat: 3, sharedMs: NOW + LEAD + 1500 })
})

test('who asks for it waits for no beat', () => {
  const change = { onBeat: false }

  const transport = withTempo(playing(), 60, NOW + LEAD + 800, 100, 'bo', change)

  expect(transport.next).toMatchObject({ beat: 1.8, sharedMs: NOW + LEAD + 900 })
})

test('a tempo change that has not come yet is replaced by the next', () => {
  const first = withTempo(playing(), 60, NOW + LEAD + 600, 300, 'bo')

  const second = withTempo(first, 240, NOW + LEAD + 650, 300, 'bo')

  expect(second.next).toMatchObject({ beat: 2, bpm: 240 })
  expect(second.current).toEqual(first.current)
})

test('a tempo change keeps a pending start where it is', () => {
  const transport = withTempo(playing(), 60, NOW + 100, LEAD, 'bo')

  expect(timeAt(transport, 0)).toBe(NOW + LEAD)
  expect(timeAt(transport, 1)).toBe(NOW + LEAD + 1000)
})

test('while stopped the tempo changes at once', () => {
  const transport = withTempo(initialTransport('one'), 90, NOW, LEAD, 'bo')

  expect(transport.current.bpm).toBe(90)
  expect(transport.next).toBeUndefined()
})

test.each([
  { asked: 10, is: 40 },
  { asked: 1000, is: 240 },
  { asked: 99.5, is: 99.5 },
])('a tempo of $asked becomes $is', ({ asked, is }) => {
  expect(lastAsked(withTempo(initialTransport('one'), asked, NOW, LEAD, 'bo')).bpm).toBe(is)
})

test('the tempo that is already asked for changes nothing', () => {
  const transport = withTempo(playing(), 90, NOW, LEAD, 'bo')

  expect(withTempo(transport, 90, NOW + 5, LEAD, 'cy')).toBe(transport)
  expect(withTempo(transport, NaN, NOW + 5, LEAD, 'cy')).toBe(transport)
})

test('stopping a song that stands changes nothing', () => {
  const transport = initialTransport('one')

  expect(withStop(transport, NOW, 0, 'ana')).toBe(transport)
})

test('beatAt undoes timeAt, whatever was pressed before', () => {
  fc.assert(
    fc.property(
      presses,
      bpm,
      fc.double({ min: 0, max: 5000, noNaN: true }),
      (list, last, ahead) => {
        let nowMs = NOW
        let transport = playing()
        for (const { afterMs, press } of list) {
          nowMs += afterMs
          transport = pressed(transport, press, nowMs)
        }
        transport = withTempo(withPlay(transport, nowMs, LEAD, 'ana'), last, nowMs, LEAD, 'ana')
        const begun = Math.max(nowMs, timeAt(transport, 0) ?? nowMs)
        const beat = beatAt(transport, begun) + ahead

        const sharedMs = timeAt(transport, beat) ?? NaN

        expect(beatAt(transport, sharedMs)).toBeCloseTo(beat, 5)
      },
    ),
  )
})

test('a tempo change moves the position of no moment before it, and leaps at none', () => {
  fc.assert(
    fc.property(presses, (list) => {
      let nowMs = NOW
      let transport = playing()
      for (const { afterMs, press } of list) {
        nowMs += afterMs
        const before = transport
        transport = pressed(transport, press, nowMs)
        expect(beatAt(transport, nowMs)).toBeCloseTo(beatAt(before, nowMs), 5)
        const change = transport.next
        if (change?.playing !== true || !transport.playing) continue
        expect(beatAt(transport, change.sharedMs - 0.01)).toBeCloseTo(change.beat, 3)
      }
    }),
  )
})

test('while it plays the position never goes back', () => {
  const moments = fc.array(fc.double({ min: 0, max: 60_000, noNaN: true }), { minLength: 2 })
  fc.assert(
    fc.property(fc.array(bpm, { maxLength: 5 }), moments, (tempos, spans) => {
      let transport = playing()
      for (const [index, tempo] of tempos.entries()) {
        transport = withTempo(transport, tempo, NOW + LEAD + index * 900, LEAD, 'bo')
      }

      const ordered = spans.toSorted((one, other) => one - other)
      const beats = ordered.map((span) => beatAt(transport, NOW + LEAD + 5000 + span))

      expect(beats).toEqual(beats.toSorted((one, other) => one - other))
    }),
  )
})

test('the same motion in another shared time stands at the same beats', () => {
  const transport = withTempo(playing(), 90, NOW + 1000, LEAD, 'bo')

  const moved = rebased(transport, -5000, 'two')

  expect(moved.epoch).toBe('two')
  for (const span of [0, 300, 1000, 2000, 9000]) {
    expect(beatAt(moved, NOW + span - 5000)).toBe(beatAt(transport, NOW + span))
  }
  expect(rebased(initialTransport('one'), 10, 'two').next).toBeUndefined()
})
