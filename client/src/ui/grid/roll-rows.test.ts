import { expect, test } from 'vitest'
import { DRUM_PIECES, pieceToPitch } from '../../sequence/drum-sound.ts'
import { noteKey } from '../../sequence/pattern.ts'
import { patternOf } from '../testing/local-song.ts'
import { ownPitch, PIECE_ROWS, PITCH_ROWS, rowsFor } from './roll-rows.ts'

const note = (step: number, pitch: number, more = {}) => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})

test.each([
  ['pitches', PITCH_ROWS, 85],
  ['pieces', PIECE_ROWS, 13],
] as const)(
  'each of the %s has a row of its own, and the row leads back to it',
  (_, rows, count) => {
    expect(rows.pitches).toHaveLength(count)
    expect(rows.pitches.map((pitch) => rows.rowOf(pitch))).toEqual(
      rows.pitches.map((_p, row) => row),
    )
  },
)

test('the kick is at the bottom, and every piece is named', () => {
  const names = PIECE_ROWS.pitches.map((pitch) => PIECE_ROWS.nameOf(pitch))

  expect(names.slice(-5)).toEqual(['Open hat', 'Closed hat', 'Clap', 'Snare', 'Kick'])
  expect(names).toHaveLength(DRUM_PIECES.length)
})

test('the pitches that play one piece share its row; what a kit has not is in none', () => {
  expect(PIECE_ROWS.rowOf(35)).toBe(PIECE_ROWS.rowOf(pieceToPitch('kick')))
  expect(ownPitch(PIECE_ROWS, 44)).toBe(pieceToPitch('closed-hat'))
  expect(PIECE_ROWS.rowOf(72)).toBe(-1)
  expect(ownPitch(PIECE_ROWS, 72)).toBe(72)
  expect([PITCH_ROWS.rowOf(23), PITCH_ROWS.rowOf(109)]).toEqual([-1, -1])
})

test('strokes are shown in the row of their piece, one step long, the loudest of a place', () => {
  const pattern = patternOf([
    note(0, 35, { length: 4 }),
    note(0, 36, { velocity: 40 }),
    note(1, 72),
    note(2, 40, { accent: true }),
  ])

  expect([...PIECE_ROWS.shown(pattern)]).toEqual([
    [noteKey(0, 36), note(0, 36)],
    [noteKey(2, 38), note(2, 38, { accent: true })],
  ])
})

test('all that is shown in a place is found, the one that is seen first', () => {
  const pattern = patternOf([note(0, 36, { velocity: 40 }), note(0, 35), note(1, 36), note(0, 38)])

  expect(PIECE_ROWS.written(pattern, 0, 36).map(({ pitch }) => pitch)).toEqual([35, 36])
  expect(PITCH_ROWS.written(pattern, 0, 36)).toEqual([note(0, 36, { velocity: 40 })])
  expect(PITCH_ROWS.written(pattern, 5, 36)).toEqual([])
})

test('only a kit has pieces', () => {
  expect([rowsFor(true).kind, rowsFor(false).kind]).toEqual(['pieces', 'pitches'])
})
