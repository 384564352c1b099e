import { expect, test } from 'vitest'
import { PIECE_ROWS, PITCH_ROWS } from './roll-rows.ts'
import { fitted, spread, zoomedAbout } from './zoom.ts'

const METRICS = {
  rows: PITCH_ROWS,
  keysWidth: 50,
  headerHeight: 20,
  rowHeight: 20,
  stepWidth: 40,
  stepCount: 64,
}
const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 100, length })

test('what is under the pointer stays there when cells get larger', () => {
  const scroll = { x: 400, y: 300 }
  const about = { x: 250, y: 120 }

  const sight = zoomedAbout(METRICS, scroll, { x: 2, y: 1.5 }, about)

  expect([sight.stepWidth, sight.rowHeight]).toEqual([80, 30])
  expect((sight.scroll.x + 200) / 80).toBe((400 + 200) / 40)
  expect((sight.scroll.y + 100) / 30).toBe((300 + 100) / 20)
})

test('cells stay within sizes that can be hit and seen', () => {
  const scroll = { x: 0, y: 0 }
  const smallest = zoomedAbout(METRICS, scroll, { x: 0.01, y: 0.01 }, scroll)
  const largest = zoomedAbout(METRICS, scroll, { x: 99, y: 99 }, scroll)

  expect(smallest).toMatchObject({ stepWidth: 6, rowHeight: 7 })
  expect(largest).toMatchObject({ stepWidth: 200, rowHeight: 56 })
  const kit = zoomedAbout({ ...METRICS, rows: PIECE_ROWS }, scroll, { x: 1, y: 0.01 }, scroll)
  expect(kit.rowHeight).toBe(14)
})

test('fitted notes are all in sight', () => {
  const view = { x: 50 + 480, y: 20 + 200 }
  const notes = [note(32, 60), note(40, 72, 4)]

  const { stepWidth, rowHeight, scroll } = fitted(notes, METRICS, view)

  expect([stepWidth, rowHeight]).toEqual([40, 11])
  expect(scroll.x).toBe(32 * 40)
  const [top, bottom] = [(108 - 72) * rowHeight, (108 - 60 + 1) * rowHeight]
  expect(top).toBeGreaterThanOrEqual(scroll.y)
  expect(bottom).toBeLessThanOrEqual(scroll.y + 200)
})

test('notes from the lowest to the highest are all fitted, however low the rows get', () => {
  const { rowHeight, scroll } = fitted([note(0, 24), note(1, 108)], METRICS, { x: 530, y: 320 })

  expect([rowHeight, scroll.y]).toEqual([3, 0])
})

test('one note alone is not blown up', () => {
  const sight = fitted([note(63, 60)], METRICS, { x: 50 + 400, y: 20 + 400 })

  expect(sight).toMatchObject({ stepWidth: 50, rowHeight: 28 })
  expect(sight.scroll.x).toBe(56 * 50)
})

test('fingers beside each other zoom across, above each other up and down, askew both', () => {
  const at = (x: number, y: number) => ({ x, y })

  expect(spread([at(100, 100), at(200, 110)], [at(50, 100), at(250, 100)])).toEqual({ x: 2, y: 1 })
  expect(spread([at(100, 100), at(110, 200)], [at(0, 125), at(90, 175)])).toEqual({ x: 1, y: 0.5 })
  expect(spread([at(0, 0), at(60, 80)], [at(0, 0), at(120, 160)])).toEqual({ x: 2, y: 2 })
})
