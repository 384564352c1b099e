import fc from 'fast-check'
import { expect, test } from 'vitest'
import { humanise, MOST_NUDGE_STRAY, MOST_VELOCITY_STRAY } from './humanise.ts'
import { anyLoop, isPattern, note, placesOf, sorted } from './edit-contract.ts'

const sixteen = Array.from({ length: 16 }, (_, step) => note(step, 42))
const all = { velocity: 1, timing: 1, stepCount: 16 }

test('the same seed strays the same way, another one another way', () => {
  const once = humanise(sixteen, { ...all, seed: 7 })

  expect(humanise([...sixteen].reverse(), { ...all, seed: 7 })).toEqual(once)
  expect(humanise(sixteen, { ...all, seed: 8 })).not.toEqual(once)
  expect(new Set(once.map(({ velocity }) => velocity)).size).toBeGreaterThan(4)
  expect(new Set(once.map(({ nudge = 0 }) => nudge)).size).toBeGreaterThan(4)
})

test('loudness alone leaves the time, time alone the loudness, and nothing leaves all', () => {
  const louder = humanise(sixteen, { ...all, timing: 0, seed: 1 })
  const later = humanise(sixteen, { ...all, velocity: 0, seed: 1 })

  expect(louder.every(({ nudge }) => nudge === undefined)).toBe(true)
  expect(later.every(({ velocity }) => velocity === 100)).toBe(true)
  expect(humanise(sixteen, { velocity: 0, timing: 0, seed: 1, stepCount: 16 })).toEqual(sixteen)
})

test('no note is lost, and none strays farther than said', () => {
  fc.assert(
    fc.property(anyLoop(), fc.integer(), (loop, seed) => {
      const { notes, stepCount } = loop
      const strayed = humanise(notes, { velocity: 1, timing: 1, seed, stepCount })

      expect(isPattern(strayed, loop)).toBe(true)
      expect(placesOf(strayed)).toEqual(placesOf(notes))
      const before = sorted(notes)
      sorted(strayed).forEach(({ velocity, nudge = 0 }, at) => {
        expect(Math.abs(velocity - (before[at]?.velocity ?? 0))).toBeLessThanOrEqual(
          MOST_VELOCITY_STRAY,
        )
        expect(Math.abs(nudge - (before[at]?.nudge ?? 0))).toBeLessThanOrEqual(MOST_NUDGE_STRAY)
      })
    }),
  )
})
