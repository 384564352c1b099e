import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_NUDGE, type Note } from '../pattern.ts'
import { SUBDIVISIONS } from '../song.ts'
import { anyLoop, isPattern, note, placesOf, sorted } from './edit-contract.ts'
import { grooveOf, layGroove, type Groove, type GridLoop } from './groove.ts'

const WHOLE = { strength: 1, timing: true, loudness: true }
const grid = { stepCount: 16, subdivision: 4, swing: 50 }
const sixteen = (change: (step: number) => Partial<Note>): readonly Note[] =>
  Array.from({ length: 16 }, (_, step) => note(step, 42, change(step)))

const anyGridLoop = fc
  .record({
    loop: anyLoop(),
    subdivision: fc.constantFrom(...SUBDIVISIONS),
    swing: fc.integer({ min: 50, max: 75 }),
  })
  .map(({ loop, ...rest }): GridLoop => ({ ...loop, ...rest }))
const anyLaying = fc.record({
  strength: fc.double({ min: 0, max: 1, noNaN: true }),
  timing: fc.boolean(),
  loudness: fc.boolean(),
})
const anyGroove = anyGridLoop.map(grooveOf).filter((groove) => groove !== undefined)

/** Where a step is heard in the first round, in beats: the mean of its notes. */
function onsetOf({ notes, subdivision }: GridLoop, swing: number, step: number): number {
  const here = notes.filter((each) => each.step === step)
  const nudge = here.reduce((sum, each) => sum + (each.nudge ?? 0), 0) / here.length
  return (step + (step % 2) * (swing / 50 - 1) + nudge / 48) / subdivision
}
const heard = ({ velocity, accent }: Note): number => velocity * (accent === true ? 1.3 : 1)

test('without strength, or without a part, nothing changes', () => {
  fc.assert(
    fc.property(anyGroove, anyGridLoop, anyLaying, (groove, loop, laying) => {
      const same = { notes: loop.notes, swing: loop.swing, heldBack: 0 }

      expect(layGroove(groove, loop, { ...laying, strength: 0 })).toEqual(same)
      expect(layGroove(groove, loop, { ...laying, timing: false, loudness: false })).toEqual(same)
    }),
  )
})

test('its own groove changes nothing of a loop, at any strength', () => {
  fc.assert(
    fc.property(anyGridLoop, anyLaying, (loop, laying) => {
      const groove = grooveOf(loop)
      if (groove === undefined) return

      expect(layGroove(groove, loop, laying)).toEqual({
        notes: loop.notes,
        swing: loop.swing,
        heldBack: 0,
      })
    }),
  )
})

test('from a loop with notes on every step each step begins when it does there, to a 48th', () => {
  const everyStep = fc
    .record({
      nudges: fc.array(fc.integer({ min: -24, max: 24 }), { minLength: 1, maxLength: 32 }),
      subdivision: fc.constantFrom(...SUBDIVISIONS),
      swing: fc.integer({ min: 50, max: 75 }),
    })
    .map(({ nudges, ...rest }): GridLoop => ({
      ...rest,
      stepCount: nudges.length,
      notes: nudges.map((nudge, step) => note(step, 42, nudge === 0 ? {} : { nudge })),
    }))
  fc.assert(
    fc.property(everyStep, anyGridLoop, (from, to) => {
      const loop = { ...to, subdivision: from.subdivision }
      const laid = layGroove(grooveOf(from) as Groove, loop, WHOLE)

      expect(laid.swing).toBe(from.swing)
      const after = { ...loop, notes: laid.notes }
      for (const { step } of loop.notes) {
        if (step >= Math.min(loop.stepCount, from.stepCount)) continue
        const apart = onsetOf(after, laid.swing, step) - onsetOf(from, from.swing, step)
        if (laid.heldBack > 0) continue
        expect(Math.abs(apart) * from.subdivision * 48).toBeLessThanOrEqual(0.5 + 1e-9)
      }
    }),
  )
})

test('laid on once more it changes nothing', () => {
  fc.assert(
    fc.property(anyGroove, anyGridLoop, anyLaying, (groove, loop, { timing, loudness }) => {
      const laying = { strength: 1, timing, loudness }
      const once = layGroove(groove, loop, laying)
      const twice = layGroove(groove, { ...loop, ...once }, laying)

      expect({ ...twice, heldBack: 0 }).toEqual({ ...once, heldBack: 0 })
    }),
  )
})

test('no note is lost or moved to another step, and all values stay within their ranges', () => {
  fc.assert(
    fc.property(anyGroove, anyGridLoop, anyLaying, (groove, loop, laying) => {
      const { notes, swing } = layGroove(groove, loop, laying)

      expect(isPattern(notes, loop)).toBe(true)
      expect(placesOf(notes)).toEqual(placesOf(loop.notes))
      expect(swing).toBeGreaterThanOrEqual(50)
      expect(swing).toBeLessThanOrEqual(75)
    }),
  )
})

test('time alone leaves the loudness, and loudness alone the time', () => {
  fc.assert(
    fc.property(anyGroove, anyGridLoop, (groove, loop) => {
      const timed = layGroove(groove, loop, { ...WHOLE, loudness: false })
      const louder = layGroove(groove, loop, { ...WHOLE, timing: false })

      expect(timed.notes.map(({ velocity }) => velocity)).toEqual(
        loop.notes.map(({ velocity }) => velocity),
      )
      expect(louder.swing).toBe(loop.swing)
      expect(louder.notes.map(({ nudge }) => nudge)).toEqual(loop.notes.map(({ nudge }) => nudge))
    }),
  )
})

test('swing is taken over once: by the track on the same grid, by nudges on another', () => {
  const swung = grooveOf({ ...grid, swing: 66, notes: sixteen(() => ({})) }) as Groove
  const off = [note(1, 60), note(2, 60)]

  const same = layGroove(swung, { ...grid, notes: off }, WHOLE)
  const finer = layGroove(swung, { ...grid, subdivision: 8, stepCount: 32, notes: off }, WHOLE)
  const triplets = layGroove(swung, { ...grid, subdivision: 6, swing: 60, notes: off }, WHOLE)

  expect(same).toEqual({ notes: off, swing: 66, heldBack: 0 })
  // A 16th is two 32nds: half as far between them, and farther than a nudge goes on it.
  expect(finer.notes.map(({ nudge = 0 }) => nudge)).toEqual([15, 24])
  expect(finer).toMatchObject({ swing: 50, heldBack: 1 })
  // Two thirds of a 16th, and four thirds, in 48ths of a sixth of a beat.
  expect(triplets.notes.map(({ nudge = 0 }) => nudge)).toEqual([15, 15])
  expect(triplets.swing).toBe(50)
})

test('at half strength half of the way is gone, of swing and of nudges', () => {
  const groove = grooveOf({
    ...grid,
    swing: 70,
    notes: sixteen((step) => (step === 4 ? { nudge: 12 } : {})),
  }) as Groove

  const laid = layGroove(
    groove,
    { ...grid, notes: [note(4, 60), note(5, 60, { nudge: 8 })] },
    {
      ...WHOLE,
      strength: 0.5,
    },
  )

  expect(laid.swing).toBe(60)
  expect(laid.notes.map(({ nudge = 0 }) => nudge)).toEqual([6, 4])
})

test('steps without notes lie between their neighbours, round the loop', () => {
  const groove = grooveOf({
    ...grid,
    notes: [note(4, 42, { nudge: 8, velocity: 60 }), note(12, 42, { nudge: -8, velocity: 120 })],
  }) as Groove

  expect([4, 6, 8, 12, 14, 0].map((step) => groove.nudges[step])).toEqual([8, 4, 0, -8, -4, 0])
  expect([4, 8, 12, 0].map((step) => 90 * (groove.loudness[step] ?? 0))).toEqual([60, 90, 120, 90])
})

test('a shorter groove begins anew, as the loop does that it is laid on', () => {
  const three = { ...grid, stepCount: 3 }
  const groove = grooveOf({ ...three, notes: [note(0), note(1, 60, { nudge: 5 }), note(2)] })

  const { notes } = layGroove(groove as Groove, { ...grid, notes: sixteen(() => ({})) }, WHOLE)

  expect(notes.flatMap(({ step, nudge = 0 }) => (nudge === 5 ? [step] : []))).toEqual([
    1, 4, 7, 10, 13,
  ])
})

test('on another grid the loudness of a place is that of the same beat', () => {
  const groove = grooveOf({
    ...grid,
    notes: sixteen((step) => ({ velocity: step === 4 ? 120 : 60 })),
  }) as Groove
  const eighths = [0, 1, 2, 3].map((step) => note(step, 60, { velocity: 75 }))

  const { notes } = layGroove(groove, { ...grid, subdivision: 2, notes: eighths }, WHOLE)

  expect(notes.map(({ velocity }) => velocity)).toEqual([60, 60, 120, 60])
})

test('a chord keeps its spread, and how loud its notes are beside each other', () => {
  const groove = grooveOf({
    ...grid,
    notes: sixteen((step) => ({ nudge: 20, velocity: step === 0 ? 120 : 60 })),
  }) as Groove
  const chord = [
    note(0, 60, { nudge: -10, velocity: 40 }),
    note(0, 64, { velocity: 80 }),
    note(0, 67, { nudge: 10, velocity: 60 }),
    note(8, 60, { velocity: 80 }),
  ]

  const { notes, heldBack } = layGroove(groove, { ...grid, notes: chord }, WHOLE)

  const [first, second, third, last] = notes.map(({ nudge = 0 }) => nudge)
  expect([first, second, third]).toEqual([4, 14, 24])
  expect(last).toBe(20)
  expect(heldBack).toBe(3)
  expect(notes.slice(0, 3).map(({ velocity }) => velocity)).toEqual([53, 107, 80])
  expect(notes.at(-1)?.velocity).toBe(53)
})

test('accents count as they are heard, and nothing is harder than hard: the loop gets softer', () => {
  const groove = grooveOf({
    ...grid,
    notes: sixteen((step) => ({
      velocity: 40,
      ...(step === 0 ? { velocity: 100, accent: true } : {}),
    })),
  }) as Groove
  const loud = [note(0, 60, { velocity: 120 }), note(1, 60, { velocity: 120, accent: true })]

  const laid = layGroove(groove, { ...grid, notes: loud }, WHOLE).notes

  const [strong, weak] = sorted(laid).map(heard)
  expect(strong).toBe(127)
  expect((strong ?? 0) / (weak ?? 1)).toBeCloseTo(130 / 40, 0)
})

test('of an empty loop there is none, and on an empty one nothing is laid', () => {
  expect(grooveOf({ ...grid, notes: [note(16)] })).toBeUndefined()
  const groove = grooveOf({ ...grid, swing: 66, notes: [note(3, 60, { nudge: MAX_NUDGE })] })

  expect(layGroove(groove as Groove, { ...grid, notes: [] }, WHOLE)).toEqual({
    notes: [],
    swing: 66,
    heldBack: 0,
  })
})
