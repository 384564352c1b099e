import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HIGHEST_PITCH } from '../../sequence/pattern.ts'
import type { Note } from '../../sequence/pattern.ts'
import type { TrackId } from '../../sequence/song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { emptyTrack, songOf, withNotes } from '../testing/local-song.ts'
import { choose, click, openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

/** The roll lays nothing out here: it begins at 0/0, unscrolled, with the narrowest steps. */
const KEYS = 52
const HEADER = 26
const STEP = 26
const ROW = 20
const TOUCH = { pointerType: 'touch' }

let screen: Screen
let session: LocalSession
let surface: HTMLElement
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  const found = screen.root.querySelector('canvas')
  if (found === null) throw new Error('the roll must hold a canvas, and holds none')
  surface = found
})
afterEach(() => {
  vi.useRealTimers()
  screen.close()
})

/** @param within how far into the step, 0 to 1 */
const at = (step: number, pitch: number, within = 0.5) => ({
  x: KEYS + (step + within) * STEP,
  y: HEADER + (HIGHEST_PITCH - pitch + 0.5) * ROW,
})
const note = (step: number, pitch: number, more = {}): Note => ({
  step,
  pitch,
  velocity: 100,
  length: 1,
  ...more,
})
const mine = () => emptyTrack(session.myTrackId.read(), 'me', 'ana', 0)
async function give(...notes: readonly Note[]): Promise<void> {
  session.song.set(songOf([withNotes(mine(), notes)]))
  await nextTick()
}
const places = (track = 0): string[] =>
  [...(session.song.read().tracks[track]?.patterns.a.keys() ?? [])].toSorted()
const cell = (): HTMLElement => screen.role('gridcell')
const said = (): string => screen.role('status', 'Piano roll').textContent
const down = (where: { x: number; y: number }, more: PointerEventInit = {}) =>
  point(surface, 'pointerdown', where, { button: 0, ...more })
const move = (where: { x: number; y: number }, more: PointerEventInit = {}) =>
  point(surface, 'pointermove', where, more)
const up = (where: { x: number; y: number }, more: PointerEventInit = {}) =>
  point(surface, 'pointerup', where, more)
type Where = ReturnType<typeof at>
async function drag(from: Where, to: Where, more: PointerEventInit = {}): Promise<void> {
  await down(from, more)
  await move(to, more)
  await up(to, more)
}
async function keys(...presses: readonly (string | readonly [string, KeyboardEventInit])[]) {
  for (const each of presses) {
    if (typeof each === 'string') await press(cell(), each)
    else await press(cell(), ...each)
    await nextTick()
  }
}
const control = (key: string) => [key, { ctrlKey: true }] as const
const alt = (key: string) => [key, { altKey: true }] as const
const shift = (key: string) => [key, { shiftKey: true }] as const

test('a box in Select takes notes together, and all go with the one that is dragged', async () => {
  await give(note(1, 100), note(3, 98), note(9, 90))
  await click(screen.button('Select'))
  await drag(at(0, 101), at(4, 97))
  expect(said()).toBe('2 notes selected')
  expect(screen.text()).toContain('2 notes selected')

  await drag(at(3, 98), at(5, 96))

  expect(places()).toEqual(['3/98', '5/96', '9/90'])
  expect(said()).toBe('2 notes moved 2 steps later and down 2 semitones')
  expect(session.auditioned).toEqual([96])
})

test('nothing is written before the hand lets go, and Escape calls it off', async () => {
  await give(note(1, 100))
  await down(at(1, 100))
  await move(at(4, 100))
  expect(places()).toEqual(['1/100'])

  await keys('Escape')
  await up(at(4, 100))

  expect(places()).toEqual(['1/100'])
  expect(said()).toBe('Called off')
})

test('with Alt the notes stay and their copies go', async () => {
  await give(note(1, 100))

  await drag(at(1, 100), at(4, 102), { altKey: true })

  expect(places()).toEqual(['1/100', '4/102'])
})

test('the start of a note drags too, and leaves its end', async () => {
  await give(note(4, 100, { length: 3 }))

  await drag(at(4, 100, 0.05), at(2, 100, 0.05))

  expect(session.song.read().tracks[0]?.patterns.a.get('2/100' as never)).toMatchObject({
    length: 5,
  })
  expect(places()).toEqual(['2/100'])
})

test('Shift with a click adds to the selection, and in Draw drags a box', async () => {
  await give(note(1, 100), note(3, 98), note(9, 90))
  await drag(at(0, 101), at(2, 97), { shiftKey: true })
  await down(at(3, 98), { shiftKey: true })
  await up(at(3, 98), { shiftKey: true })
  expect(said()).toBe('2 notes selected')

  await keys('Delete')

  expect(places()).toEqual(['9/90'])
})

test('Paint writes along the way, Erase takes away what it passes', async () => {
  await click(screen.button('Paint'))
  await drag(at(2, 100), at(5, 100))
  expect(places()).toEqual(['2/100', '3/100', '4/100', '5/100'])

  await click(screen.button('Erase'))
  await drag(at(3, 100), at(4, 100))
  expect(places()).toEqual(['2/100', '5/100'])
  expect(said()).toBe('2 notes taken away')
})

test('the tools have keys, and say which is taken', async () => {
  cell().focus()
  for (const [key, name] of [
    ['p', 'Paint'],
    ['v', 'Select'],
    ['e', 'Erase'],
    ['b', 'Draw'],
  ] as const) {
    await keys(key)
    expect(screen.button(name).getAttribute('aria-pressed')).toBe('true')
    expect(said()).toBe(`${name} tool`)
  }
})

test('one click writes a whole chord of the scale, which stays selected', async () => {
  session.setScale(0, 'major')
  await choose(screen.field('Chord'), 'triad')

  await down(at(2, 62))
  await up(at(2, 62))

  expect(places()).toEqual(['2/62', '2/65', '2/69'])
  expect(screen.has('group', 'Selected notes')).toBe(true)
  expect(session.auditioned).toEqual([62, 65, 69])
})

test('keys nudge, transpose, lengthen and strike harder what is selected', async () => {
  await give(note(1, 60), note(2, 64))
  cell().focus()
  await keys(control('a'), alt('ArrowRight'), alt('ArrowUp'), shift('ArrowUp'))
  expect(places()).toEqual(['2/73', '3/77'])
  expect(said()).toBe('2 notes moved up an octave')

  await keys(shift('ArrowRight'), ']', control('ArrowUp'))

  expect([...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]).toMatchObject([
    { length: 2, velocity: 110 },
    { length: 2, velocity: 110 },
  ])
})

test('notes at an edge stay, and it is said', async () => {
  await give(note(0, 108))
  cell().focus()

  await keys(control('a'), alt('ArrowUp'))

  expect(places()).toEqual(['0/108'])
  expect(said()).toBe('There is no room for them that way')
})

test('the focus goes along with the note that is nudged', async () => {
  await give(note(0, 60), note(1, 60))
  cell().focus()

  await keys(alt('ArrowUp'), alt('ArrowRight'))

  expect(places()).toEqual(['1/60', '1/61'])
  expect(cell().getAttribute('aria-label')).toContain('C♯4, step 2')
})

test('what is copied is pasted into another track at the cell, and duplicated there', async () => {
  const bos = { ...emptyTrack('bos-track', 'bo', 'bo', 1) }
  session.song.set(songOf([withNotes(mine(), [note(0, 60), note(2, 64)]), bos]))
  await nextTick()
  cell().focus()
  await keys(control('a'), control('c'))
  expect(said()).toBe('2 notes copied')
  await click(screen.button("Edit bo's track"))
  cell().focus()

  await keys('ArrowRight', 'ArrowUp', control('v'))
  expect(places(1)).toEqual(['1/61', '3/65'])
  await keys(control('d'))
  expect(places(1)).toEqual(['1/61', '3/65', '5/61', '7/65'])
  await keys(control('x'))

  expect(places(1)).toEqual(['1/61', '3/65'])
  expect(places(0)).toEqual(['0/60', '2/64'])
})

test('with nothing copied there is nothing to paste', async () => {
  cell().focus()
  await keys(control('v'))

  expect(said()).toBe('Nothing has been copied yet')
  expect(screen.has('button', 'Paste')).toBe(false)
})

test('Shift with Enter takes the note in the cell into the selection, and Escape drops all', async () => {
  await give(note(0, 60), note(1, 60))
  cell().focus()
  await keys(shift('Enter'), 'ArrowRight', shift('Enter'))
  expect(screen.role('grid').getAttribute('aria-multiselectable')).toBe('true')
  expect(cell().getAttribute('aria-selected')).toBe('true')
  expect(said()).toBe('2 notes selected')

  await keys('Escape')

  expect(cell().getAttribute('aria-selected')).toBe('false')
  expect(said()).toBe('Nothing selected')
})

test('what can be done to several notes can be done without keys', async () => {
  await give(note(1, 60), note(2, 64))
  cell().focus()
  await keys(control('a'))

  await click(screen.button('A step later'))
  await click(screen.button('Octave down'))
  await click(screen.button('Duplicate'))
  expect(places()).toEqual(['2/48', '3/52', '4/48', '5/52'])
  await click(screen.button('Copy'))
  await click(screen.button('Delete notes'))

  expect(places()).toEqual(['2/48', '3/52'])
  expect(screen.has('button', 'Paste')).toBe(true)
})

test('a finger moves a selected note, and long pressing selects one', async () => {
  vi.useFakeTimers()
  await give(note(3, 100))
  await drag(at(3, 100), at(5, 100), TOUCH)
  expect(places()).toEqual(['3/100'])

  await down(at(3, 100), TOUCH)
  vi.advanceTimersByTime(450)
  await up(at(3, 100), TOUCH)
  expect(screen.has('button', 'Delete note')).toBe(true)
  await drag(at(3, 100), at(5, 100), TOUCH)

  expect(places()).toEqual(['5/100'])
})

test('a second finger ends what the first began', async () => {
  await click(screen.button('Paint'))
  await down(at(3, 100), TOUCH)
  await move(at(4, 100), TOUCH)
  await down(at(9, 100), { ...TOUCH, pointerId: 2 })
  await up(at(9, 100), { ...TOUCH, pointerId: 2 })

  expect(places()).toEqual([])
})

test('velocities are dragged below the notes, and written once', async () => {
  session.setRollSettings({ lane: true })
  await give(note(1, 60), note(2, 60))
  const lane = screen.root.querySelector('.lane canvas')
  if (lane === null) throw new Error('the lane must hold a canvas, and holds none')

  await point(lane, 'pointerdown', { x: KEYS + 1.5 * STEP, y: 900 }, { button: 0 })
  await point(lane, 'pointermove', { x: KEYS + 2.5 * STEP, y: 900 })
  const before = [...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]
  await point(lane, 'pointerup', { x: KEYS + 2.5 * STEP, y: 900 })

  expect(before).toMatchObject([{ velocity: 100 }, { velocity: 100 }])
  expect([...(session.song.read().tracks[0]?.patterns.a.values() ?? [])]).not.toMatchObject([
    { velocity: 100 },
    { velocity: 100 },
  ])
})

test('what is shown beside the notes is a switch, remembered', async () => {
  await click(screen.button('Others'))
  expect(screen.button('Others').getAttribute('aria-pressed')).toBe('true')
  await click(screen.button('Velocity'))
  const { ghosts, lane } = session.rollSettings.read()

  expect([ghosts, screen.root.querySelector('.lane') !== null]).toEqual([true, lane])
})

test('Follow is a switch', async () => {
  await click(screen.button('Follow'))

  expect(screen.button('Follow').getAttribute('aria-pressed')).toBe('true')
})

const loopWidth = (): number =>
  Number.parseFloat(screen.root.querySelector<HTMLElement>('.extent')?.style.width ?? '')
const extentHeight = (): number =>
  Number.parseFloat(screen.root.querySelector<HTMLElement>('.extent')?.style.height ?? '')

test('keys and buttons zoom across, with Shift up and down, and back', async () => {
  cell().focus()
  const [width, height] = [loopWidth(), extentHeight()]
  await keys('+', '+', ['+', { shiftKey: true }])
  expect(loopWidth()).toBeGreaterThan(width * 1.4)
  expect(extentHeight()).toBeGreaterThan(height * 1.2)

  await keys('0', [')', { shiftKey: true, code: 'Digit0' }])
  expect([loopWidth(), extentHeight()]).toEqual([width, height])

  await click(screen.button('Zoom out'))
  await click(screen.button('Lower rows'))
  expect(loopWidth()).toBeLessThan(width)
  expect(extentHeight()).toBeLessThan(height)
})

test('Ctrl with the wheel zooms; without it the roll scrolls as it does', async () => {
  const width = loopWidth()
  const wheel = (more: WheelEventInit) => {
    const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: -100 })
    // The page of the tests leaves these out.
    for (const [name, value] of Object.entries({ clientX: 300, clientY: 200, ...more }))
      Object.defineProperty(event, name, { value })
    surface.dispatchEvent(event)
    return nextTick()
  }

  await wheel({})
  expect(loopWidth()).toBe(width)
  await wheel({ ctrlKey: true })

  expect(loopWidth()).toBeGreaterThan(width)
})

test('whoever only listens can choose no tool and write nothing', async () => {
  session.writable.set('listening')
  await nextTick()

  await drag(at(1, 100), at(3, 100))

  expect(screen.button('Paint').disabled).toBe(true)
  expect(places()).toEqual([])
})

test('another track is opened with nothing selected', async () => {
  const bos = withNotes(emptyTrack('bos-track', 'bo', 'bo', 1), [note(1, 60)])
  session.song.set(songOf([withNotes(mine(), [note(1, 60), note(2, 60)]), bos]))
  await nextTick()
  cell().focus()
  await keys(control('a'))

  await click(screen.button("Edit bo's track"))

  expect(screen.has('group', 'Selected notes')).toBe(false)
  expect(session.song.read().tracks.map(({ id }) => id)).toContain('bos-track' as TrackId)
})
