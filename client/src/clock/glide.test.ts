import fc from 'fast-check'
import { expect, test } from 'vitest'
import { glideBeats, glideDuration, glideElapsed, glideSpeed } from './glide.ts'

const speed = fc.double({ min: 40, max: 240, noNaN: true })
/** Evenly spread, which doubles are not. */
const parts = (least: number, most: number, perUnit: number) =>
  fc.integer({ min: least * perUnit, max: most * perUnit }).map((part) => part / perUnit)
const beats = parts(1, 64, 1)
const gone = parts(-10, 100, 1000)

test('a glide from 60 to 120 over 9 beats takes 6 seconds', () => {
  expect(glideDuration(60, 120, 9) * 60).toBeCloseTo(6, 12)
  expect(glideBeats(60, 120, 9, 3 / 60)).toBeCloseTo(3.75, 12)
  expect(glideSpeed(60, 120, 9, 3 / 60)).toBe(90)
})

test('before the glide it moves at the first speed, after it at the last', () => {
  const end = glideDuration(60, 120, 9)

  expect(glideBeats(60, 120, 9, -1)).toBe(-60)
  expect(glideBeats(60, 120, 9, end + 1)).toBe(9 + 120)
  expect(glideSpeed(60, 120, 9, -1)).toBe(60)
  expect(glideSpeed(60, 120, 9, end + 1)).toBe(120)
})

test('the moment of a beat undoes the beat of a moment', () => {
  fc.assert(
    fc.property(speed, speed, beats, gone, (from, to, length, beat) => {
      const elapsed = glideElapsed(from, to, length, beat)

      expect(glideBeats(from, to, length, elapsed)).toBeCloseTo(beat, 9)
    }),
  )
})

test('beats never run backwards, nor leap', () => {
  const moment = parts(-1, 3, 1000)
  fc.assert(
    fc.property(speed, speed, beats, moment, moment, (from, to, length, one, other) => {
      const [earlier, later] = one < other ? [one, other] : [other, one]

      const ran = glideBeats(from, to, length, later) - glideBeats(from, to, length, earlier)

      expect(ran).toBeGreaterThanOrEqual(40 * (later - earlier) - 1e-9)
      expect(ran).toBeLessThanOrEqual(240 * (later - earlier) + 1e-9)
    }),
  )
})
