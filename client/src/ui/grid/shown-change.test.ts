import { expect, test } from 'vitest'
import { noteKey } from '../../sequence/pattern.ts'
import { patternOf } from '../testing/local-song.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import { editsOf, withChanges } from './shown-change.ts'

const note = (step: number, pitch: number, more = {}) => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})

test('what is shown is what will be written', () => {
  const shown = patternOf([note(0, 60), note(1, 60), note(2, 60)])
  const changes = [
    { from: note(0, 60), to: note(1, 60) },
    { from: note(1, 60), to: note(2, 60) },
    { to: note(5, 62) },
  ]

  const seen = withChanges(shown, changes)
  const { remove, write } = editsOf(PITCH_ROWS, shown, changes)

  expect([...seen.keys()].toSorted()).toEqual(['1/60', '2/60', '5/62'])
  expect(remove.map(({ step }) => step)).toEqual([0])
  expect(write.map(({ step }) => step)).toEqual([1, 2, 5])
})

test('without changes the notes are the same object', () => {
  const shown = patternOf([note(0, 60)])

  expect(withChanges(shown, [])).toBe(shown)
})

test('of a note that somebody took away meanwhile nothing becomes', () => {
  const changes = [{ from: note(0, 60), to: note(1, 60) }]

  const rest = patternOf([note(1, 60)])
  expect(withChanges(rest, changes)).toEqual(rest)
  expect(editsOf(PITCH_ROWS, rest, changes)).toEqual({ remove: [], write: [] })
})

test('all that is shown as one stroke goes along, each at its own pitch within the row', () => {
  const written = patternOf([note(0, 35, { velocity: 110 }), note(0, 36, { velocity: 60 })])
  const from = note(0, 36, { velocity: 110 })

  const { remove, write } = editsOf(PIECE_ROWS, written, [{ from, to: { ...from, step: 3 } }])

  expect(remove.map(({ pitch }) => pitch).toSorted()).toEqual([35, 36])
  expect(write).toEqual([note(3, 36, { velocity: 60 }), note(3, 35, { velocity: 110 })])
})

test('a stroke that comes to another row is the one that was seen there', () => {
  const written = patternOf([note(0, 35, { velocity: 110 }), note(0, 36, { velocity: 60 })])
  const from = note(0, 36, { velocity: 110 })

  const { write } = editsOf(PIECE_ROWS, written, [{ from, to: { ...from, pitch: 38 } }])

  expect(write).toEqual([note(0, 38, { velocity: 110 })])
})

test('what stood in the row where a stroke comes to is gone', () => {
  const written = patternOf([note(0, 36), note(2, 35), note(2, 36)])

  const { remove, write } = editsOf(PIECE_ROWS, written, [{ from: note(0, 36), to: note(2, 36) }])

  expect(remove.map(({ step, pitch }) => [step, pitch])).toEqual([
    [0, 36],
    [2, 35],
  ])
  expect(write.map(({ step, pitch }) => noteKey(step, pitch))).toEqual(['2/36'])
})

test('louder is louder by as much for all that is shown as one', () => {
  const written = patternOf([note(0, 35, { velocity: 110 }), note(0, 36, { velocity: 60 })])
  const from = note(0, 36, { velocity: 110 })

  const { remove, write } = editsOf(PIECE_ROWS, written, [{ from, to: { ...from, velocity: 120 } }])

  expect(remove).toEqual([])
  expect(write.map(({ velocity }) => velocity)).toEqual([70, 120])
})
