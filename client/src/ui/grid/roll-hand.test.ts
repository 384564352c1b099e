import { expect, test } from 'vitest'
import { patternOf } from '../testing/local-song.ts'
import { begun, cellAt, changesOf, handAt, type Hand, type Press } from './roll-hand.ts'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import { cellsBetween } from './strokes.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 10,
  stepWidth: 40,
  stepCount: 16,
}
const KIT = { ...METRICS, rows: PIECE_ROWS }
const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 100, length })
/** The middle of a cell. */
const at = (step: number, pitch: number) => ({ x: (step + 0.5) * 40, y: (108 - pitch + 0.5) * 10 })
const EMPTY = { on: 'empty', step: 2, pitch: 100 } as const
const NOTE = { on: 'note', note: note(2, 100) } as const
const PRESS: Press = {
  tool: 'draw',
  hit: EMPTY,
  at: at(2, 100),
  isTouch: false,
  isSelected: false,
  adds: false,
  readOnly: false,
}
const kindOf = (press: Partial<Press>, metrics = METRICS) =>
  begun({ ...PRESS, ...press }, metrics, new Set())?.kind
const field = (notes: readonly ReturnType<typeof note>[], heard = (pitch: number) => pitch) => ({
  metrics: METRICS,
  shown: patternOf(notes),
  heard,
})
function swept(kind: 'paint' | 'erase', ...ways: { x: number; y: number }[]): Hand {
  const [first = at(0, 0)] = ways
  const begins: Hand = { kind, cells: [cellAt(METRICS, first)] }
  return ways.slice(1).reduce<Hand>((hand, to) => handAt(hand, METRICS, to), begins)
}

test.each<[string, Partial<Press>, string | undefined]>([
  ['a mouse draws on empty ground', {}, 'draw'],
  ['with Shift it draws a box', { adds: true }, 'box'],
  ['in Select it draws a box', { tool: 'select' }, 'box'],
  ['in Paint it paints, over notes too', { tool: 'paint', hit: NOTE }, 'paint'],
  ['in Erase it erases', { tool: 'erase' }, 'erase'],
  ['on a note it waits for what it will be', { hit: NOTE }, 'press'],
  ['the keys sound', { hit: { on: 'key', pitch: 60 } }, 'keys'],
  [
    'the keys sound for who only listens',
    { hit: { on: 'key', pitch: 60 }, readOnly: true },
    'keys',
  ],
  ['who only listens draws nothing', { readOnly: true }, undefined],
  ['beside the roll nothing begins', { hit: { on: 'nothing' } }, undefined],
])('%s', (_, press, kind) => {
  expect(kindOf(press)).toBe(kind)
})

test('a mouse sweeps strokes along a row of a kit', () => {
  expect(kindOf({ hit: { ...EMPTY, pitch: 36 } }, KIT)).toBe('paint')
})

test('a finger may mean to scroll, but on a selected note and with other tools', () => {
  const scrolls = (press: Partial<Press>) => {
    const hand = begun({ ...PRESS, isTouch: true, ...press }, METRICS, new Set())
    return hand?.kind === 'press' && hand.scrolls
  }

  expect([scrolls({}), scrolls({ hit: NOTE })]).toEqual([true, true])
  expect(scrolls({ hit: NOTE, isSelected: true })).toBe(false)
  expect(scrolls({ hit: NOTE, tool: 'select' })).toBe(false)
  expect(scrolls({ tool: 'paint' })).toBe(false)
})

test('a box goes on from what it keeps only where it adds', () => {
  const keeps = new Set(['0/60']) as unknown as ReadonlySet<never>

  expect(begun({ ...PRESS, adds: true }, METRICS, keeps)).toMatchObject({ keeps })
  expect(begun({ ...PRESS, tool: 'select' }, METRICS, keeps)).toMatchObject({ keeps: new Set() })
})

test('the cells between two are on the straight way', () => {
  expect(cellsBetween({ step: 1, row: 5 }, { step: 4, row: 4 })).toEqual([
    { step: 2, row: 5 },
    { step: 3, row: 4 },
    { step: 4, row: 4 },
  ])
  expect(cellsBetween({ step: 1, row: 5 }, { step: 1, row: 5 })).toEqual([])
})

test('painting writes a note in each cell of its way, once, and leaves what is there', () => {
  const hand = swept('paint', at(2, 100), at(5, 100), at(2, 100))

  const changes = changesOf(hand, field([note(3, 100, 2)]), at(2, 100), false)

  expect(changes).toEqual([{ to: note(2, 100) }, { to: note(5, 100) }])
})

test('erasing takes what it touches, wherever in a note', () => {
  const hand = swept('erase', at(4, 100), at(4, 97))
  const notes = [note(2, 100, 3), note(4, 98), note(5, 98), note(4, 60)]

  expect(changesOf(hand, field(notes), at(4, 97), false)).toEqual([
    { from: notes[0] },
    { from: notes[1] },
  ])
})

test('where two written pitches sound as one, erasing there takes both', () => {
  const notes = [note(4, 60), note(4, 61)]
  const toC = (pitch: number) => (pitch === 61 ? 60 : pitch)

  expect(changesOf(swept('erase', at(4, 60)), field(notes, toC), at(4, 60), false)).toHaveLength(2)
  expect(changesOf(swept('erase', at(4, 61)), field(notes, toC), at(4, 61), false)).toEqual([
    { from: notes[1] },
  ])
})

test('a drawn chord gets longer with the hand, all of it', () => {
  const hand: Hand = { kind: 'draw', notes: [note(2, 60), note(2, 64)] }

  expect(changesOf(hand, field([]), at(4, 70), false)).toEqual([
    { to: note(2, 60, 3) },
    { to: note(2, 64, 3) },
  ])
})

test('what is moved goes by whole cells; copied it also stays', () => {
  const hand: Hand = { kind: 'move', notes: [note(2, 60)], at: at(2, 60) }

  expect(changesOf(hand, field([]), at(5, 62), false)).toEqual([
    { from: note(2, 60), to: note(5, 62) },
  ])
  expect(changesOf(hand, field([]), at(5, 62), true)).toEqual([{ to: note(5, 62) }])
  expect(changesOf({ ...hand, kind: 'start' }, field([]), at(1, 62), false)).toEqual([
    { from: note(2, 60), to: note(1, 60, 2) },
  ])
})
