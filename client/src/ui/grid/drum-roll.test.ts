import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { Note } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { emptyTrack, songOf, withNotes } from '../testing/local-song.ts'
import { openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { PIECE_ROWS } from './roll-rows.ts'

/** The roll lays nothing out here: it begins at 0/0, unscrolled, with the narrowest steps and lowest rows. */
const KEYS = 92
const HEADER = 26
const STEP = 26
const ROW = 18
const KICK = 36
const BO: Person = {
  id: 'bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
}

let screen: Screen
let session: LocalSession
let canvas: HTMLCanvasElement
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  await give([])
  const found = screen.root.querySelector('canvas')
  if (found === null) throw new Error('the roll must hold a canvas, and holds none')
  canvas = found
})
afterEach(() => screen.close())

async function give(notes: readonly Note[]): Promise<void> {
  const mine = withNotes(emptyTrack(session.myTrackId.read(), 'me', 'ana', 0), notes)
  session.song.set(songOf([{ ...mine, sound: { ...mine.sound, instrument: 'drums' } }]))
  await nextTick()
}
const stroke = (step: number, pitch: number, more = {}): Note => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})
const notes = (): Note[] => [...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]
const cell = (): HTMLElement => screen.role('gridcell')
const words = (): string | null => cell().getAttribute('aria-label')
/** @param within how far into the step, 0 to 1 */
const at = (step: number, pitch: number, within = 0.4) => ({
  x: KEYS + (step + within) * STEP,
  y: HEADER + (PIECE_ROWS.rowOf(pitch) + 0.5) * ROW,
})
const down = (where: { x: number; y: number }) => point(canvas, 'pointerdown', where, { button: 0 })
const move = (where: { x: number; y: number }) => point(canvas, 'pointermove', where)
const up = (where: { x: number; y: number }) => point(canvas, 'pointerup', where)
async function keys(...names: string[]): Promise<void> {
  for (const name of names) {
    await press(cell(), name)
    await nextTick()
  }
}

test('a track of drums has a row for each piece, and the keys begin at the kick', () => {
  const grid = screen.role('grid', 'Drums of ana')

  expect(grid.getAttribute('aria-rowcount')).toBe('13')
  expect(words()).toBe('Kick, step 1, empty')
  expect(cell().parentElement?.getAttribute('aria-rowindex')).toBe('13')
})

test('arrows go from piece to piece, Page keys farther, up to the last one', async () => {
  cell().focus()
  await keys('ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp', 'ArrowUp')
  expect(words()).toBe('Closed hat, step 3, empty')

  await keys('PageUp', 'PageUp', 'PageUp')
  expect(words()).toBe('Shaker, step 3, empty')

  await keys('PageDown', 'ArrowDown')
  expect(words()).toBe('High tom, step 3, empty')
})

test('a stroke is written at its piece’s own pitch, and is said without a length', async () => {
  cell().focus()
  await keys('ArrowUp', 'Enter')
  await press(cell(), 'ArrowRight', { shiftKey: true })

  expect(notes()).toEqual([stroke(0, 38)])
  expect(words()).toBe('Snare, step 1, velocity 100')
})

test('a click on a stroke takes away all that is written in its place', async () => {
  await give([stroke(3, 35), stroke(3, KICK), stroke(3, 38), stroke(4, 72)])

  await down(at(3, KICK))
  await up(at(3, KICK))

  expect(notes()).toEqual([stroke(3, 38), stroke(4, 72)])
})

test('a stroke at another pitch of its piece is selected, changed and deleted where it is', async () => {
  await give([stroke(0, 35, { velocity: 90 })])
  cell().focus()

  await keys(']')
  expect(notes()).toEqual([stroke(0, 35, { velocity: 95 })])
  expect(screen.field('Velocity').value).toBe('95')
  expect(cell().getAttribute('aria-selected')).toBe('true')

  await keys('Delete')
  expect(notes()).toEqual([])
})

test('a stroke has no end to drag: all of it moves', async () => {
  await give([stroke(3, KICK)])

  await down(at(3, KICK, 0.95))
  await move(at(6, KICK, 0.95))
  await up(at(6, KICK, 0.95))

  expect(notes()).toEqual([stroke(6, KICK)])
})

test('dragging on from a press writes a stroke on each step, in one row', async () => {
  await give([stroke(4, 42)])
  await down(at(2, 42))
  // Two events before anything is drawn.
  void move(at(3, 42))
  await move(at(3, 42, 0.6))
  await move(at(4, 38))
  expect(notes()).toEqual([stroke(4, 42)])

  await move(at(6, 42))
  await up(at(6, 42))
  await move(at(8, 42))

  expect(notes()).toEqual([4, 2, 3, 5, 6].map((step) => stroke(step, 42)))
})

test('a click on the name of a piece sounds it', async () => {
  await down({ x: 10, y: at(0, 42).y })
  await up({ x: 10, y: at(0, 42).y })

  expect(session.auditioned).toEqual([42])
  expect(notes()).toEqual([])
})

test('where another points is framed in the row of that piece, and nowhere without one', async () => {
  session.people.set([...session.people.read(), BO])
  const track = session.myTrackId.read()
  session.cursors.set([{ peer: 'bo', track, step: 1, pitch: 35 }])
  await nextTick()
  const frame = screen.root.querySelector<HTMLElement>('.cursor')
  expect(frame?.style.transform).toBe(`translate(${STEP}px, ${12 * ROW}px)`)

  session.cursors.set([{ peer: 'bo', track, step: 1, pitch: 72 }])
  await nextTick()

  expect(screen.root.querySelector('.cursor')).toBeNull()
})

test('no scale moves a stroke', async () => {
  await give([stroke(0, 37), stroke(0, 39)])
  session.setScale(0, 'major')
  await nextTick()
  cell().focus()
  await keys('ArrowUp', 'ArrowUp')

  expect(words()).toBe('Clap, step 1, velocity 100')
})

test('when a track becomes drums the keys go to the kick, and back to C4', async () => {
  session.setChoice(session.myTrackId.read(), 'instrument', 'synth')
  await nextTick()
  expect(words()).toBe('C4, step 1, empty')

  session.setChoice(session.myTrackId.read(), 'instrument', 'drums')
  await nextTick()
  expect(words()).toBe('Kick, step 1, empty')
})
