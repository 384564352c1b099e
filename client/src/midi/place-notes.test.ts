import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import { bestSubdivision, stepsForBeats } from './best-grid.ts'
import type { FileNote } from './paired-notes.ts'
import { placeNotes, type Grid } from './place-notes.ts'

const TICKS = 96
const GRID: Grid = {
  instrument: 'synth',
  subdivision: 4,
  stepCount: 16,
  loops: 1,
  swing: 50,
  fromBeat: 0,
  isTight: false,
}
/** A note at so many beats, that lasts so many. */
const at = (beat: number, pitch = 60, beats = 0.25, velocity = 100): FileNote => ({
  tick: Math.round(beat * TICKS),
  endTick: Math.round((beat + beats) * TICKS),
  pitch,
  velocity,
  channel: 0,
})
const placed = (notes: readonly FileNote[], grid: Partial<Grid> = {}) =>
  placeNotes(notes, TICKS, { ...GRID, ...grid })
const written = (notes: readonly FileNote[], grid: Partial<Grid> = {}) =>
  placed(notes, grid).patterns[0]
const NONE = { early: 0, late: 0, low: 0, high: 0, 'no-piece': 0, crowded: 0 }

test('each note goes to the step that is nearest, and keeps what it is away from it', () => {
  expect(written([at(0), at(1.26), at(2.44, 64, 1)])).toEqual([
    { step: 0, pitch: 60, velocity: 100, length: 1 },
    { step: 5, pitch: 60, velocity: 100, length: 1, nudge: 2 },
    { step: 10, pitch: 64, velocity: 100, length: 4, nudge: -12 },
  ])
})

test('with each note on its step none is nudged', () => {
  expect(written([at(1.26), at(2.44, 64)], { isTight: true })).toEqual([
    { step: 5, pitch: 60, velocity: 100, length: 1 },
    { step: 10, pitch: 64, velocity: 100, length: 1 },
  ])
})

test('notes are counted from the bar with which it begins; what is outside of the loops is left out', () => {
  const { patterns, leftOut, taken } = placed([at(3), at(4), at(7.5), at(8), at(12), at(13)], {
    fromBeat: 4,
    loops: 2,
  })

  expect(patterns.map((notes) => notes.map(({ step }) => step))).toEqual([[0, 14], [0]])
  expect(leftOut).toEqual({ ...NONE, early: 1, late: 2 })
  expect(taken).toBe(3)
})

test('what comes just before the end of the last loop comes just before its beginning', () => {
  const { patterns } = placed([at(4.02), at(7.96)], { loops: 2 })

  expect(patterns[1]).toEqual([{ step: 0, pitch: 60, velocity: 100, length: 1, nudge: 4 }])
  expect(written([at(3.96)])).toEqual([{ step: 0, pitch: 60, velocity: 100, length: 1, nudge: -8 }])
})

test('pitches that no track has are left out, of a kit those that it has no piece for', () => {
  const notes = [at(0, 23), at(0, 24), at(0, 108), at(0, 109), at(0, 36)]

  expect(placed(notes).leftOut).toEqual({ ...NONE, low: 1, high: 1 })
  const kit = placed([...notes, at(1, 35)], { instrument: 'drums' })
  expect(kit.leftOut).toEqual({ ...NONE, 'no-piece': 4 })
  expect(kit.patterns[0]).toMatchObject([
    { step: 0, pitch: pieceToPitch('kick') },
    { step: 4, pitch: pieceToPitch('kick') },
  ])
})

test('a note for which there is no place is left out', () => {
  const doubled = placed([at(0, 35), at(0, 36), at(1, 36)], { instrument: 'drums' })

  expect(doubled.leftOut).toEqual({ ...NONE, crowded: 1 })
  expect(doubled.taken).toBe(2)
  expect(placed([at(0), at(0.04), at(0.08)]).leftOut).toEqual({ ...NONE, crowded: 2 })
})

test('half way between two steps a note takes the one that is free', () => {
  expect(written([at(0), at(0.125)])).toMatchObject([{ step: 0 }, { step: 1, nudge: -24 }])
  expect(written([at(0.125), at(0.25)])).toMatchObject([{ step: 0, nudge: 24 }, { step: 1 }])
})

test('of more than 24 notes on a step the lowest are taken', () => {
  const cluster = Array.from({ length: 26 }, (_, index) => at(0, 90 - index))
  const { patterns, leftOut, taken } = placed(cluster)

  expect([leftOut.crowded, taken]).toEqual([2, 24])
  expect(Math.max(...(patterns[0] ?? []).map(({ pitch }) => pitch))).toBe(88)
})

test('a note is never longer than its loop', () => {
  const { patterns, cut } = placed([at(0, 60, 9), at(0, 64, 4)])

  expect(patterns[0]?.map(({ length }) => length)).toEqual([16, 16])
  expect(cut).toBe(1)
})

test('a note is never shorter than a step', () => {
  expect(written([at(0, 60, 0)])).toMatchObject([{ length: 1 }])
})

test('in a track that swings notes stand where its steps sound', () => {
  expect(written([at(0.33), at(0.5)], { swing: 66 })).toMatchObject([
    { step: 1, nudge: 1 },
    { step: 2 },
  ])
  expect(written([at(0.33), at(0.5)])).toMatchObject([{ step: 1, nudge: 16 }, { step: 2 }])
})

test('between two steps that swing lies what no nudge reaches: it is moved, and counted', () => {
  const { patterns, moved } = placed([at(0.185)], { swing: 75 })

  expect(patterns[0]).toMatchObject([{ step: 0, nudge: 24 }])
  expect(moved).toBe(1)
})

test('strokes as a ratchet has them are one, and a soft one just before another is its flam', () => {
  const ratchet = [at(0, 60, 1 / 12, 100), at(1 / 12, 60, 1 / 12, 85), at(1 / 6, 60, 0.33, 85)]
  const flam = [at(1 - 0.04, 60, 0.04, 45), at(1, 60, 0.25, 100)]

  expect(placed([...ratchet, ...flam])).toMatchObject({
    patterns: [
      [
        { step: 0, pitch: 60, velocity: 100, length: 2, ratchet: 3 },
        { step: 4, pitch: 60, velocity: 100, length: 1, flam: true },
      ],
    ],
    taken: 5,
    leftOut: NONE,
  })
})

test('a roll that is too quick for the steps becomes ratchets, two strokes with room do not', () => {
  const roll = Array.from({ length: 8 }, (_, index) => at(index / 8))

  expect(placed(roll)).toMatchObject({ taken: 8, leftOut: NONE })
  expect(written(roll)?.slice(0, 3)).toMatchObject(
    Array.from({ length: 3 }, () => ({ ratchet: 2 })),
  )
  expect(written([at(0), at(0.125), at(1)])?.map(({ ratchet }) => ratchet)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('the steps are as many in a beat as the notes fit best', () => {
  const every = (beats: number): readonly FileNote[] =>
    Array.from({ length: 24 }, (_, index) => at(index * beats))

  expect(bestSubdivision(every(1), TICKS, 'synth')).toBe(4)
  expect(bestSubdivision(every(0.25), TICKS, 'synth')).toBe(4)
  expect(bestSubdivision(every(1 / 3), TICKS, 'synth')).toBe(6)
  expect(bestSubdivision(every(1 / 6), TICKS, 'synth')).toBe(6)
  expect(bestSubdivision(every(1 / 8), TICKS, 'synth')).toBe(8)
  // Played by hand: nothing is on any grid.
  const loose = every(0.25).map((note) => ({ ...note, tick: note.tick + 5 }))
  expect(bestSubdivision(loose, TICKS, 'synth')).toBe(4)
})

test('a loop holds whole bars, as many as it has steps for', () => {
  expect(stepsForBeats(0.5, 4, 4)).toBe(16)
  expect(stepsForBeats(5, 4, 4)).toBe(32)
  expect(stepsForBeats(100, 4, 4)).toBe(64)
  expect(stepsForBeats(100, 3, 4)).toBe(60)
  expect(stepsForBeats(100, 4, 6)).toBe(48)
  expect(stepsForBeats(100, 32, 4)).toBe(64)
})
