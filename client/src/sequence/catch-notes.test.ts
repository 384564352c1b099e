import { expect, test } from 'vitest'
import { catchNote, catchRound, type CatchGrid, type PlayedNote } from './catch-notes.ts'

const SIXTEENTHS: CatchGrid = { subdivision: 4, stepCount: 16, swing: 50 }
const at = (beat: number, more: Partial<PlayedNote> = {}): PlayedNote => ({
  ...{ pitch: 60, velocity: 90, beat, beats: 0.25 },
  ...more,
})

test.each([
  { beat: 1, strength: 0, step: 4, nudge: undefined },
  { beat: 1.02, strength: 0, step: 4, nudge: 4 },
  { beat: 0.98, strength: 0, step: 4, nudge: -4 },
  { beat: 1.02, strength: 0.5, step: 4, nudge: 2 },
  { beat: 1.02, strength: 1, step: 4, nudge: undefined },
  { beat: 1.124, strength: 0, step: 4, nudge: 24 },
  { beat: 1.126, strength: 0, step: 5, nudge: -24 },
  { beat: 4.25, strength: 0, step: 1, nudge: undefined },
  { beat: 3.99, strength: 0, step: 0, nudge: -2 },
  { beat: -0.02, strength: 0, step: 0, nudge: -4 },
])('[HAND6] what is played at beat $beat and pulled by $strength is written on its step', (row) => {
  const { note } = catchNote(at(row.beat), SIXTEENTHS, row.strength)

  expect([note.step, note.nudge]).toEqual([row.step, row.nudge])
})

test('[HAND6] where the song swings, the swung step is the one that is played to', () => {
  const swung = { ...SIXTEENTHS, swing: 66 }
  // The second sixteenth is 0.32 of a step late.
  const { note, beat } = catchNote(at((1 + 0.32) / 4), swung, 0)
  const straight = catchNote(at(1 / 4), swung, 0)

  expect([note.step, note.nudge]).toEqual([1, undefined])
  expect(beat).toBeCloseTo(1.32 / 4, 5)
  expect([straight.note.step, straight.note.nudge]).toEqual([1, -15])
  expect(straight.beat, 'as it was played').toBeCloseTo(1 / 4, 2)
})

test('[HAND6] a note is as long as it was held: a step at least, the loop at most', () => {
  const lengthOf = (beats: number): number => catchNote(at(0, { beats }), SIXTEENTHS, 0).note.length

  expect([0.01, 0.25, 0.6, 1, 90].map(lengthOf)).toEqual([1, 1, 2, 4, 16])
})

test('[HAND6] of what was played the last round is kept, and of two in one place the later', () => {
  const played = [at(0, { pitch: 50 }), at(4, { velocity: 50 }), at(5), at(7.9), at(8.01)]

  const notes = catchRound(played, SIXTEENTHS, 0)

  expect(notes.map(({ step, pitch, velocity }) => [step, pitch, velocity])).toEqual([
    [4, 60, 90],
    [0, 60, 90],
  ])
  expect(catchRound([], SIXTEENTHS, 0)).toEqual([])
})
