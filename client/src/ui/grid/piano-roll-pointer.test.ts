import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HIGHEST_PITCH } from '../../sequence/pattern.ts'
import type { Note } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

/** The roll lays nothing out here: it begins at 0/0, unscrolled, with the narrowest steps. */
const KEYS = 52
const HEADER = 26
const STEP = 26
const ROW = 20

let screen: Screen
let session: LocalSession
let canvas: HTMLCanvasElement
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  const found = screen.root.querySelector('canvas')
  if (found === null) throw new Error('the roll must hold a canvas, and holds none')
  canvas = found
})
afterEach(() => {
  vi.useRealTimers()
  screen.close()
})

/** @param within how far into the step, 0 to 1 */
const at = (step: number, pitch: number, within = 0.4) => ({
  x: KEYS + (step + within) * STEP,
  y: HEADER + (HIGHEST_PITCH - pitch + 0.5) * ROW,
})
const notes = (): Note[] => [...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]
const down = (where: { x: number; y: number }, more: PointerEventInit = {}) =>
  point(canvas, 'pointerdown', where, { button: 0, ...more })
const move = (where: { x: number; y: number }) => point(canvas, 'pointermove', where)
const up = (where: { x: number; y: number }, more: PointerEventInit = {}) =>
  point(canvas, 'pointerup', where, more)
async function clickAt(
  where: { x: number; y: number },
  more: PointerEventInit = {},
): Promise<void> {
  await down(where, more)
  await up(where, more)
}

test('a click writes a note on the pitch that was clicked, another one takes it away', async () => {
  await clickAt(at(3, 100))
  expect(notes()).toEqual([{ step: 3, pitch: 100, velocity: 100, length: 1 }])

  await clickAt(at(3, 100))
  expect(notes()).toEqual([])
})

test('the roll does not jump away under the first click', async () => {
  const scroller = screen.role('grid')
  const before = scroller.scrollTop

  await clickAt(at(3, 100))

  expect(scroller.scrollTop).toBe(before)
})

test('a click on any step of a long note takes it away', async () => {
  await clickAt(at(3, 100))
  session.setNote(session.myTrackId.read(), 3, 100, { length: 4 })
  await nextTick()

  await clickAt(at(5, 100))

  expect(notes()).toEqual([])
})

test('dragging on from a press makes the new note longer', async () => {
  await down(at(3, 100))
  await move(at(5, 100, 0.25))
  await up(at(5, 100, 0.25))

  expect(notes()).toMatchObject([{ step: 3, length: 3 }])
})

test('the right end of a note drags, to shorter too', async () => {
  await clickAt(at(3, 100))
  await down(at(3, 100, 0.95))
  await move(at(6, 100, 0.9))
  expect(notes()).toMatchObject([{ length: 1 }])
  await up(at(6, 100, 0.9))
  expect(notes()).toMatchObject([{ length: 4 }])

  await down(at(6, 100, 0.95))
  await move(at(4, 100, 0.5))
  await up(at(4, 100, 0.5))

  expect(notes()).toMatchObject([{ length: 2 }])
})

test('the right button selects a note, and Delete takes it away', async () => {
  await clickAt(at(3, 100))
  await press(screen.role('gridcell'), 'Escape')
  expect(screen.has('button', 'Delete note')).toBe(false)

  await down(at(3, 100), { button: 2 })
  expect(screen.has('button', 'Delete note')).toBe(true)
  await press(screen.role('gridcell'), 'Delete')

  expect(notes()).toEqual([])
})

test('a finger writes when it taps, not when it scrolls', async () => {
  const touch = { pointerType: 'touch' }
  await down(at(3, 100), touch)
  expect(notes()).toEqual([])
  await point(canvas, 'pointercancel', at(3, 98), touch)
  expect(notes()).toEqual([])

  await clickAt(at(3, 100), touch)

  expect(notes()).toHaveLength(1)
})

test('a finger held on a note selects it', async () => {
  vi.useFakeTimers()
  const touch = { pointerType: 'touch' }
  await clickAt(at(3, 100))
  await press(screen.role('gridcell'), 'Escape')

  await down(at(3, 100), touch)
  vi.advanceTimersByTime(500)
  await up(at(3, 100), touch)

  expect(notes()).toHaveLength(1)
  expect(screen.has('button', 'Delete note')).toBe(true)
})

test('a finger that began on a note and scrolls on selects nothing', async () => {
  vi.useFakeTimers()
  const touch = { pointerType: 'touch' }
  await clickAt(at(3, 100))
  await press(screen.role('gridcell'), 'Escape')

  await down(at(3, 100), touch)
  await move(at(3, 98))
  vi.advanceTimersByTime(500)
  await nextTick()

  expect(screen.has('button', 'Delete note')).toBe(false)
})

test('the keys sound, for oneself alone, and sliding over them sounds each', async () => {
  await down({ x: 10, y: at(0, 100).y })
  await move({ x: 10, y: at(0, 99).y })
  await move({ x: 12, y: at(0, 99).y })
  await up({ x: 10, y: at(0, 99).y })

  expect(session.auditioned).toEqual([100, 99])
  expect(notes()).toEqual([])
})

test('a click on a step number does nothing to notes hidden under it', async () => {
  await clickAt({ x: KEYS + 10, y: 10 })

  expect(notes()).toEqual([])
})

test('after a click Space plays, instead of taking the note away again', async () => {
  await clickAt(at(3, 100))
  await press(screen.role('gridcell'), ' ')

  expect(notes()).toHaveLength(1)
  expect(session.transport.read().playing).toBe(true)
})
