import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyLoop, isPattern, note, placesOf } from './edit-contract.ts'
import { vary } from './vary.ts'

const beat = [
  ...[0, 4, 8, 12].map((step) => note(step, 36)),
  ...[3, 6, 7, 10, 15].map((step) => note(step, 38, { velocity: 80 })),
  ...Array.from({ length: 16 }, (_, step) => note(step, 42, { velocity: 60 })),
]
const usual = { stepCount: 16, stepsPerBeat: 4, drums: true }

test('the same seed varies the same way, another one another way', () => {
  const once = vary(beat, { ...usual, seed: 3 })

  expect(vary([...beat].reverse(), { ...usual, seed: 3 })).toEqual(once)
  expect(placesOf(once)).not.toEqual(placesOf(beat))
  expect(vary(beat, { ...usual, seed: 4 })).not.toEqual(once)
})

test('what is on the beat stays, at least half stays in all, and no pitch is new', () => {
  const anyOptions = fc.record({
    seed: fc.integer(),
    stepsPerBeat: fc.constantFrom(1, 2, 4),
    drums: fc.boolean(),
  })
  fc.assert(
    fc.property(anyLoop(36, 48), anyOptions, (loop, options) => {
      const { notes, stepCount } = loop
      const varied = vary(notes, { ...options, stepCount })
      const playing = notes.filter(({ step }) => step < stepCount)
      const onBeat = playing.filter(({ step }) => step % options.stepsPerBeat === 0)
      const had = new Set(notes.map(({ pitch }) => pitch))

      expect(isPattern(varied, loop)).toBe(true)
      expect(placesOf(varied)).toEqual(expect.arrayContaining([...placesOf(onBeat)]))
      expect(varied.every(({ pitch }) => had.has(pitch))).toBe(true)
      expect(varied.length).toBeGreaterThanOrEqual(Math.ceil(notes.length / 2))
      expect(varied.length).toBeLessThanOrEqual(2 * notes.length)
    }),
  )
})

test('a melody keeps its number of notes but for those left out, and goes to pitches it has', () => {
  const melody = [0, 2, 3, 5, 6, 8, 10, 11, 14].map((step, at) => note(step, 60 + 2 * (at % 4)))

  const varied = vary(melody, { ...usual, drums: false, seed: 5 })

  expect(varied.length).toBeLessThanOrEqual(melody.length)
  expect(varied).not.toEqual(melody)
})

test('a note that has nowhere to go stays, and none is written over', () => {
  const pair = [note(0, 36, { velocity: 100 }), note(1, 36, { velocity: 30 })]
  for (let seed = 0; seed < 200; seed++) {
    for (const drums of [true, false]) {
      const [first] = vary(pair, { seed, drums, stepCount: 2, stepsPerBeat: 4 })

      expect(first?.velocity).toBeGreaterThan(90)
    }
    expect(vary([note(1)], { ...usual, drums: false, seed })).toHaveLength(1)
  }
})
