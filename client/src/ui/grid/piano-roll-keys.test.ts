import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Note } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  cell().focus()
})
afterEach(() => screen.close())

const cell = (): HTMLElement => screen.role('gridcell')
const notes = (): Note[] => [...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]
async function keys(...names: string[]): Promise<void> {
  for (const name of names) {
    await press(cell(), name)
    await nextTick()
  }
}

test('the grid says whose roll it is and how large it is', () => {
  const grid = screen.role('grid', 'Piano roll of ana')

  expect(grid.getAttribute('aria-rowcount')).toBe('85')
  expect(grid.getAttribute('aria-colcount')).toBe('16')
  expect(cell().getAttribute('aria-label')).toBe('C4, step 1, empty')
})

test('arrows move, and the focus goes along', async () => {
  await keys('ArrowRight', 'ArrowRight', 'ArrowUp')

  expect(cell().getAttribute('aria-label')).toBe('C♯4, step 3, empty')
  expect(document.activeElement).toBe(cell())
  expect(cell().getAttribute('aria-colindex')).toBe('3')
  expect(cell().parentElement?.getAttribute('aria-rowindex')).toBe(String(108 - 61 + 1))
})

test('moving stops at the edges, Home and End go there, Page keys go by octaves', async () => {
  await keys('ArrowLeft')
  expect(cell().getAttribute('aria-label')).toBe('C4, step 1, empty')

  await keys('End', 'PageUp', 'PageUp', 'PageUp', 'PageUp', 'PageUp')
  expect(cell().getAttribute('aria-label')).toBe('C8, step 16, empty')

  await keys('Home', ...Array.from({ length: 9 }, () => 'PageDown'))
  expect(cell().getAttribute('aria-label')).toBe('C1, step 1, empty')
})

test.each(['Enter', ' '])('the key "%s" writes a note and takes it away again', async (key) => {
  await keys(key)
  expect(notes()).toEqual([{ step: 0, pitch: 60, velocity: 100, length: 1 }])
  expect(cell().getAttribute('aria-label')).toBe('C4, step 1, velocity 100, length 1')

  await keys(key)
  expect(notes()).toEqual([])
})

test('brackets change the velocity, Shift with arrows the length, within their ranges', async () => {
  await keys('Enter', '[')
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft'])
    await press(cell(), key, { shiftKey: true })
  expect(notes()).toMatchObject([{ length: 2, velocity: 95 }])

  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowLeft'])
    await press(cell(), key, { shiftKey: true })
  await keys(...Array.from({ length: 30 }, () => ']'))
  expect(notes()).toMatchObject([{ length: 1, velocity: 127 }])
})

test('Delete takes the note away', async () => {
  await keys('Enter', 'Delete')

  expect(notes()).toEqual([])
})

test('a note that was written can be changed in the inspector, and deleted there', async () => {
  await keys('Enter')
  await click(screen.button('Longer'))
  await type(screen.field('Velocity'), '64')
  expect(notes()).toMatchObject([{ length: 2, velocity: 64 }])
  await click(screen.button('Shorter'))
  expect(notes()).toMatchObject([{ length: 1 }])

  await click(screen.button('Delete note'))

  expect(notes()).toEqual([])
  expect(screen.has('button', 'Delete note')).toBe(false)
})

test('a shorter loop takes the focus and the inspector along, and keeps the note', async () => {
  await keys('End', 'Enter')
  expect(screen.has('button', 'Delete note')).toBe(true)

  session.setStepCount(8)
  await nextTick()

  expect(screen.has('button', 'Delete note')).toBe(false)
  expect(cell().getAttribute('aria-colindex')).toBe('1')
  expect(notes()).toHaveLength(1)
})

test('a song of a newer Beatcord can be walked through but not changed', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await keys('ArrowRight', 'Enter')

  expect(cell().getAttribute('aria-label')).toBe('C4, step 2, empty')
  expect(notes()).toEqual([])
})

test('a place outside the scale is written as clicked, and says where it is heard', async () => {
  session.setScale(0, 'major')
  await nextTick()

  await keys('ArrowUp', 'Enter')

  expect(notes()).toMatchObject([{ pitch: 61 }])
  expect(cell().getAttribute('aria-label')).toBe(
    'C♯4, step 1, velocity 100, length 1, sounds as C4',
  )
})
