import fc from 'fast-check'
import { MAX_STEPS, noteKey, type Note } from '../pattern.ts'

/** What every edit is tried with, and what holds of whatever it makes. */
export interface AnyLoop {
  /** At most one in a place, some of them beyond the loop. */
  readonly notes: readonly Note[]
  readonly stepCount: number
}

const LONGEST = 64

const anyNote = (lowest: number, highest: number): fc.Arbitrary<Note> =>
  fc
    .record({
      step: fc.integer({ min: 0, max: LONGEST - 1 }),
      pitch: fc.integer({ min: lowest, max: highest }),
      velocity: fc.integer({ min: 1, max: 127 }),
      length: fc.integer({ min: 1, max: MAX_STEPS }),
      nudge: fc.integer({ min: -24, max: 24 }),
      accent: fc.boolean(),
    })
    .map(({ nudge, accent, ...note }) => ({
      ...note,
      ...(nudge === 0 ? {} : { nudge }),
      ...(accent ? { accent } : {}),
    }))

/** Notes of a loop of 1 to 64 steps, between two pitches; one pitch makes it a row. */
export const anyLoop = (lowest = 24, highest = 108): fc.Arbitrary<AnyLoop> =>
  fc.record({
    notes: fc
      .array(anyNote(lowest, highest), { maxLength: 40 })
      .map((notes) => [
        ...new Map(notes.map((each) => [noteKey(each.step, each.pitch), each])).values(),
      ]),
    stepCount: fc.integer({ min: 1, max: LONGEST }),
  })

export const note = (step: number, pitch = 60, change: Partial<Note> = {}): Note => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...change,
})

/** The places of notes, in an order of their own. */
export const placesOf = (notes: readonly Note[]): readonly string[] =>
  notes.map(({ step, pitch }) => noteKey(step, pitch)).sort()

export const sorted = (notes: readonly Note[]): readonly Note[] =>
  [...notes].sort((one, other) => one.step - other.step || one.pitch - other.pitch)

/** Whether these can be written: one in a place, all values within their ranges, none beyond the loop but those that were. */
export const isPattern = (notes: readonly Note[], { notes: before, stepCount }: AnyLoop): boolean =>
  new Set(placesOf(notes)).size === notes.length &&
  notes.every(
    ({ step, pitch, velocity, length, nudge = 0 }) =>
      [step, pitch, velocity, length, nudge].every(Number.isInteger) &&
      step >= 0 &&
      pitch >= 24 &&
      pitch <= 108 &&
      velocity >= 1 &&
      velocity <= 127 &&
      length >= 1 &&
      Math.abs(nudge) <= 24,
  ) &&
  before.filter(({ step }) => step >= stepCount).every((silent) => notes.includes(silent)) &&
  notes.every((one) => one.step < stepCount || before.includes(one))
