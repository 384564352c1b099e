import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTrack, type TrackLoop } from './compile.ts'
import { MAX_STEPS, noteKey, type Note, type Pattern } from './pattern.ts'

const pattern = (...notes: readonly Note[]): { readonly a: Pattern } => ({
  a: new Map(notes.map((note) => [noteKey(note.step, note.pitch), note])),
})
const note = (step: number, pitch: number, velocity = 100, length = 1): Note => ({
  step,
  pitch,
  velocity,
  length,
})
const anyNote = fc.record({
  step: fc.integer({ min: 0, max: 31 }),
  pitch: fc.integer({ min: 24, max: 108 }),
  velocity: fc.integer({ min: 1, max: 127 }),
  length: fc.integer({ min: 1, max: 32 }),
})

function notesOf(loop: TrackLoop): Note[] {
  return Array.from({ length: MAX_STEPS }, (_, step) => step).flatMap((step) => {
    const first = loop.firstNote[step] ?? 0
    return Array.from({ length: (loop.firstNote[step + 1] ?? 0) - first }, (_, n) => ({
      step,
      pitch: loop.pitches[first + n] ?? 0,
      velocity: loop.velocities[first + n] ?? 0,
      length: loop.lengths[first + n] ?? 0,
    }))
  })
}

test('notes stand by step, then by pitch', () => {
  const track = {
    subdivision: 2,
    patterns: pattern(note(5, 67), note(0, 72), note(0, 60)),
  } as const

  const loop = compileTrack(track, 0, 'chromatic')

  expect(loop.subdivision).toBe(2)
  expect(notesOf(loop)).toEqual([note(0, 60), note(0, 72), note(5, 67)])
})

test('written pitches that meet in one sounding pitch become its loudest and longest', () => {
  const long = pattern(note(3, 60, 40, 6), note(3, 61, 90, 2))
  const loud = pattern(note(3, 60, 90, 2), note(3, 61, 40, 6))

  for (const patterns of [long, loud]) {
    const loop = compileTrack({ subdivision: 4, patterns }, 0, 'major')
    expect(notesOf(loop)).toEqual([note(3, 60, 90, 6)])
  }
})

test('changing the scale and back plays every note as it was', () => {
  const track = {
    subdivision: 4,
    patterns: pattern(note(0, 61), note(1, 66), note(2, 63)),
  } as const
  const before = compileTrack(track, 0, 'chromatic')

  compileTrack(track, 4, 'blues')

  expect(compileTrack(track, 0, 'chromatic')).toEqual(before)
})

test('values from outside the ranges are clamped, places from outside left out', () => {
  const wild = [note(0, 500, 900, 0), note(-1, 60), note(1.5, 60), note(NaN, 60), note(2, 60, NaN)]
  const track = { subdivision: 4, patterns: pattern(...wild) } as const

  const loop = compileTrack(track, 0, 'chromatic')

  expect(notesOf(loop)).toEqual([note(0, 108, 127, 1), note(2, 60, 1, 1)])
})

test('the order in which notes were written has no part in the loop', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyNote, { selector: ({ step, pitch }) => noteKey(step, pitch) }),
      (notes) => {
        const there = { subdivision: 4, patterns: pattern(...notes) } as const
        const back = { subdivision: 4, patterns: pattern(...notes.toReversed()) } as const

        const loop = compileTrack(there, 9, 'dorian')

        expect(compileTrack(back, 9, 'dorian')).toEqual(loop)
      },
    ),
  )
})
