import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cellAt, KEYS, noteAt, STEP, openRoll } from '../testing/roll-screen.ts'
import type { RollScreen } from '../testing/roll-screen.ts'
import { choose, click, point } from '../testing/screen.ts'

const TOUCH = { pointerType: 'touch' }

let roll: RollScreen
beforeEach(async () => {
  roll = await openRoll()
})
afterEach(() => {
  vi.useRealTimers()
  roll.screen.close()
})

test('a box in Select takes notes together, and all go with the one that is dragged', async () => {
  await roll.give(noteAt(1, 100), noteAt(3, 98), noteAt(9, 90))
  await click(roll.screen.button('Select'))
  await roll.drag(cellAt(0, 101), cellAt(4, 97))
  expect(roll.said()).toBe('2 notes selected')
  expect(roll.screen.text()).toContain('2 notes selected')

  await roll.drag(cellAt(3, 98), cellAt(5, 96))

  expect(roll.places()).toEqual(['3/98', '5/96', '9/90'])
  expect(roll.said()).toBe('2 notes moved 2 steps later and down 2 semitones')
  expect(roll.session.auditioned).toEqual([96])
})

test('nothing is written before the hand lets go, and Escape calls it off', async () => {
  await roll.give(noteAt(1, 100))
  await roll.down(cellAt(1, 100))
  await roll.move(cellAt(4, 100))
  expect(roll.places()).toEqual(['1/100'])

  await roll.keys('Escape')
  await roll.up(cellAt(4, 100))

  expect(roll.places()).toEqual(['1/100'])
  expect(roll.said()).toBe('Called off')
})

test('with Alt the notes stay and their copies go', async () => {
  await roll.give(noteAt(1, 100))

  await roll.drag(cellAt(1, 100), cellAt(4, 102), { altKey: true })

  expect(roll.places()).toEqual(['1/100', '4/102'])
})

test('the start of a note drags too, and leaves its end', async () => {
  await roll.give(noteAt(4, 100, { length: 3 }))

  await roll.drag(cellAt(4, 100, 0.05), cellAt(2, 100, 0.05))

  expect(roll.session.song.read().tracks[0]?.patterns.a.get('2/100' as never)).toMatchObject({
    length: 5,
  })
  expect(roll.places()).toEqual(['2/100'])
})

test('Shift with a click adds to the selection, and in Draw drags a box', async () => {
  await roll.give(noteAt(1, 100), noteAt(3, 98), noteAt(9, 90))
  await roll.drag(cellAt(0, 101), cellAt(2, 97), { shiftKey: true })
  await roll.down(cellAt(3, 98), { shiftKey: true })
  await roll.up(cellAt(3, 98), { shiftKey: true })
  expect(roll.said()).toBe('2 notes selected')

  await roll.keys('Delete')

  expect(roll.places()).toEqual(['9/90'])
})

test('Paint writes along the way, Erase takes away what it passes', async () => {
  await click(roll.screen.button('Paint'))
  await roll.drag(cellAt(2, 100), cellAt(5, 100))
  expect(roll.places()).toEqual(['2/100', '3/100', '4/100', '5/100'])

  await click(roll.screen.button('Erase'))
  await roll.drag(cellAt(3, 100), cellAt(4, 100))
  expect(roll.places()).toEqual(['2/100', '5/100'])
  expect(roll.said()).toBe('2 notes taken away')
})

test('one click writes a whole chord of the scale, which stays selected', async () => {
  roll.session.setScale(0, 'major')
  await choose(roll.screen.field('Chord'), 'triad')

  await roll.down(cellAt(2, 62))
  await roll.up(cellAt(2, 62))

  expect(roll.places()).toEqual(['2/62', '2/65', '2/69'])
  expect(roll.screen.has('group', 'Selected notes')).toBe(true)
  expect(roll.session.auditioned).toEqual([62, 65, 69])
})

test('a finger moves a selected note, and long pressing selects one', async () => {
  vi.useFakeTimers()
  await roll.give(noteAt(3, 100))
  await roll.drag(cellAt(3, 100), cellAt(5, 100), TOUCH)
  expect(roll.places()).toEqual(['3/100'])

  await roll.down(cellAt(3, 100), TOUCH)
  vi.advanceTimersByTime(450)
  await roll.up(cellAt(3, 100), TOUCH)
  expect(roll.screen.has('button', 'Delete note')).toBe(true)
  await roll.drag(cellAt(3, 100), cellAt(5, 100), TOUCH)

  expect(roll.places()).toEqual(['5/100'])
})

test('a second finger ends what the first began', async () => {
  await click(roll.screen.button('Paint'))
  await roll.down(cellAt(3, 100), TOUCH)
  await roll.move(cellAt(4, 100), TOUCH)
  await roll.down(cellAt(9, 100), { ...TOUCH, pointerId: 2 })
  await roll.up(cellAt(9, 100), { ...TOUCH, pointerId: 2 })

  expect(roll.places()).toEqual([])
})

test('velocities are dragged below the notes, and written once', async () => {
  roll.session.setRollSettings({ lane: true })
  await roll.give(noteAt(1, 60), noteAt(2, 60))
  const lane = roll.screen.root.querySelector('.lane canvas')
  if (lane === null) throw new Error('the lane must hold a canvas, and holds none')

  await point(lane, 'pointerdown', { x: KEYS + 1.5 * STEP, y: 900 }, { button: 0 })
  await point(lane, 'pointermove', { x: KEYS + 2.5 * STEP, y: 900 })
  const before = roll.notes()
  await point(lane, 'pointerup', { x: KEYS + 2.5 * STEP, y: 900 })

  expect(before).toMatchObject([{ velocity: 100 }, { velocity: 100 }])
  expect(roll.notes()).not.toMatchObject([{ velocity: 100 }, { velocity: 100 }])
})

test('what is shown beside the notes is a switch, remembered', async () => {
  await click(roll.screen.button('Others'))
  expect(roll.screen.button('Others').getAttribute('aria-pressed')).toBe('true')
  await click(roll.screen.button('Velocity'))
  const { ghosts, lane } = roll.session.rollSettings.read()

  expect([ghosts, roll.screen.root.querySelector('.lane') !== null]).toEqual([true, lane])
})

test('Follow is a switch', async () => {
  await click(roll.screen.button('Follow'))

  expect(roll.screen.button('Follow').getAttribute('aria-pressed')).toBe('true')
})

test('whoever only listens can choose no tool and write nothing', async () => {
  roll.session.writable.set('listening')
  await nextTick()

  await roll.drag(cellAt(1, 100), cellAt(3, 100))

  expect(roll.screen.button('Paint').disabled).toBe(true)
  expect(roll.places()).toEqual([])
})
