import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FLAM_BEATS, STRAY_BEATS, type TrackLoop } from './compile.ts'
import { compileTrack } from './compile-track.ts'
import { pieceToPitch } from './drum-sound.ts'
import { MAX_STEPS, noteKey, type Note, type Pattern } from './pattern.ts'
import type { Subdivision } from './song.ts'
import { INITIAL_SOUND, type TrackSound } from './track-sound.ts'

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
  chance: fc.integer({ min: 1, max: 100 }),
  ratchet: fc.integer({ min: 1, max: 4 }),
  flam: fc.boolean(),
  accent: fc.boolean(),
  nudge: fc.integer({ min: -24, max: 24 }),
})

const trackOf = (notes: readonly Note[], sound: Partial<TrackSound> = {}) => ({
  subdivision: 4 as Subdivision,
  sound: { ...INITIAL_SOUND, ...sound },
  patterns: pattern(...notes),
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
  const track = { ...trackOf([note(5, 67), note(0, 72), note(0, 60)]), subdivision: 2 as const }

  const loop = compileTrack(track, { root: 0, scale: 'chromatic' })

  expect(loop.subdivision).toBe(2)
  expect(notesOf(loop)).toEqual([note(0, 60), note(0, 72), note(5, 67)])
})

test('written pitches that meet in one sounding pitch become its loudest and longest', () => {
  const long = [note(3, 60, 40, 6), note(3, 61, 90, 2)]
  const loud = [note(3, 60, 90, 2), note(3, 61, 40, 6)]

  for (const notes of [long, loud]) {
    const loop = compileTrack(trackOf(notes), { root: 0, scale: 'major' })
    expect(notesOf(loop)).toEqual([note(3, 60, 90, 6)])
  }
})

test('changing the scale and back plays every note as it was', () => {
  const track = trackOf([note(0, 61), note(1, 66), note(2, 63)])
  const before = compileTrack(track, { root: 0, scale: 'chromatic' })

  compileTrack(track, { root: 4, scale: 'blues' })

  expect(compileTrack(track, { root: 0, scale: 'chromatic' })).toEqual(before)
})

test('values from outside the ranges are clamped, places from outside left out', () => {
  const wild = [note(0, 500, 900, 0), note(-1, 60), note(1.5, 60), note(NaN, 60), note(2, 60, NaN)]

  const loop = compileTrack(trackOf(wild), { root: 0, scale: 'chromatic' })

  expect(notesOf(loop)).toEqual([note(0, 108, 127, 1), note(2, 60, 1, 1)])
})

test('the order in which notes were written has no part in the loop', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyNote, { selector: ({ step, pitch }) => noteKey(step, pitch) }),
      (notes) => {
        const loop = compileTrack(trackOf(notes), { root: 9, scale: 'dorian' })

        expect(compileTrack(trackOf(notes.toReversed()), { root: 9, scale: 'dorian' })).toEqual(
          loop,
        )
      },
    ),
  )
})

test('[SND4] a kit has one pitch for each piece, whatever the scale, and leaves out what it has not', () => {
  const [snare, conga] = [pieceToPitch('snare'), 64]
  const notes = [note(0, snare, 80), note(0, 40, 90), note(1, conga), note(2, 90)]

  const loop = compileTrack(trackOf(notes, { instrument: 'drums' }), { root: 3, scale: 'blues' })

  expect(notesOf(loop)).toEqual([note(0, snare, 90), note(1, pieceToPitch('low-tom'))])
})

test('[SND3] an accent strikes harder, as far as there is anything harder', () => {
  const accented = [
    { ...note(0, 60, 80), accent: true },
    { ...note(1, 60, 120), accent: true },
  ]

  const loop = compileTrack(trackOf(accented), { root: 0, scale: 'chromatic' })

  expect([...loop.velocities]).toEqual([104, 127])
})

test('what a note says besides its pitch is in the loop', () => {
  const full = { ...note(0, 60), chance: 30, ratchet: 3, flam: true, nudge: -7 }

  const loop = compileTrack(trackOf([full, note(1, 60)]), { root: 0, scale: 'chromatic' })

  expect([...loop.chances]).toEqual([30, 100])
  expect([...loop.ratchets]).toEqual([3, 1])
  expect([...loop.flams]).toEqual([1, 0])
  expect([...loop.nudges]).toEqual([-7, 0])
})

test('a loop looks ahead as far as its earliest note needs, and no farther than a step', () => {
  const aheadOf = (notes: readonly Note[], sound: Partial<TrackSound> = {}): number =>
    compileTrack(trackOf(notes, sound), { root: 0, scale: 'chromatic' }).ahead

  expect(aheadOf([note(0, 60), { ...note(1, 60), nudge: 24 }])).toBe(0)
  expect(aheadOf([{ ...note(0, 60), nudge: -12 }])).toBe(0.25)
  expect(aheadOf([{ ...note(0, 60), flam: true }])).toBeCloseTo(FLAM_BEATS * 4)
  expect(aheadOf([note(0, 60)], { humanise: 1 })).toBeCloseTo(STRAY_BEATS * 4)
  expect(aheadOf([{ ...note(0, 60), nudge: -24, flam: true }], { humanise: 1 })).toBeLessThan(1)
})
