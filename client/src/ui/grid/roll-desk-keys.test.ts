import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TrackId } from '../../sequence/song.ts'
import { emptyTrack, songOf, withNotes } from '../testing/local-song.ts'
import { alt, control, noteAt, shift, openRoll } from '../testing/roll-screen.ts'
import type { RollScreen } from '../testing/roll-screen.ts'
import { click } from '../testing/screen.ts'

let roll: RollScreen
beforeEach(async () => {
  roll = await openRoll()
})
afterEach(() => {
  roll.screen.close()
})

test('the tools have keys, and say which is taken', async () => {
  roll.cell().focus()
  for (const [key, name] of [
    ['p', 'Paint'],
    ['v', 'Select'],
    ['e', 'Erase'],
    ['b', 'Draw'],
  ] as const) {
    await roll.keys(key)
    expect(roll.screen.button(name).getAttribute('aria-pressed')).toBe('true')
    expect(roll.said()).toBe(`${name} tool`)
  }
})

test('keys nudge, transpose, lengthen and strike harder what is selected', async () => {
  await roll.give(noteAt(1, 60), noteAt(2, 64))
  roll.cell().focus()
  await roll.keys(control('a'), alt('ArrowRight'), alt('ArrowUp'), shift('ArrowUp'))
  expect(roll.places()).toEqual(['2/73', '3/77'])
  expect(roll.said()).toBe('2 notes moved up an octave')

  await roll.keys(shift('ArrowRight'), ']', control('ArrowUp'))

  expect(roll.notes()).toMatchObject([
    { length: 2, velocity: 110 },
    { length: 2, velocity: 110 },
  ])
})

test('notes at an edge stay, and it is said', async () => {
  await roll.give(noteAt(0, 108))
  roll.cell().focus()

  await roll.keys(control('a'), alt('ArrowUp'))

  expect(roll.places()).toEqual(['0/108'])
  expect(roll.said()).toBe('There is no room for them that way')
})

test('the focus goes along with the note that is nudged', async () => {
  await roll.give(noteAt(0, 60), noteAt(1, 60))
  roll.cell().focus()

  await roll.keys(alt('ArrowUp'), alt('ArrowRight'))

  expect(roll.places()).toEqual(['1/60', '1/61'])
  expect(roll.cell().getAttribute('aria-label')).toContain('C♯4, step 2')
})

test('what is copied is pasted into another track at the cell, and duplicated there', async () => {
  const bos = { ...emptyTrack('bos-track', 'bo', 'bo', 1) }
  roll.session.song.set(songOf([withNotes(roll.mine(), [noteAt(0, 60), noteAt(2, 64)]), bos]))
  await nextTick()
  roll.cell().focus()
  await roll.keys(control('a'), control('c'))
  expect(roll.said()).toBe('2 notes copied')
  await click(roll.screen.button("Edit bo's track"))
  roll.cell().focus()

  await roll.keys('ArrowRight', 'ArrowUp', control('v'))
  expect(roll.places(1)).toEqual(['1/61', '3/65'])
  await roll.keys(control('d'))
  expect(roll.places(1)).toEqual(['1/61', '3/65', '5/61', '7/65'])
  await roll.keys(control('x'))

  expect(roll.places(1)).toEqual(['1/61', '3/65'])
  expect(roll.places(0)).toEqual(['0/60', '2/64'])
})

test('with nothing copied there is nothing to paste', async () => {
  roll.cell().focus()
  await roll.keys(control('v'))

  expect(roll.said()).toBe('Nothing has been copied yet')
  expect(roll.screen.has('button', 'Paste')).toBe(false)
})

test('Shift with Enter takes the note in the cell into the selection, and Escape drops all', async () => {
  await roll.give(noteAt(0, 60), noteAt(1, 60))
  roll.cell().focus()
  await roll.keys(shift('Enter'), 'ArrowRight', shift('Enter'))
  expect(roll.screen.role('grid').getAttribute('aria-multiselectable')).toBe('true')
  expect(roll.cell().getAttribute('aria-selected')).toBe('true')
  expect(roll.said()).toBe('2 notes selected')

  await roll.keys('Escape')

  expect(roll.cell().getAttribute('aria-selected')).toBe('false')
  expect(roll.said()).toBe('Nothing selected')
})

test('what can be done to several notes can be done without keys', async () => {
  await roll.give(noteAt(1, 60), noteAt(2, 64))
  roll.cell().focus()
  await roll.keys(control('a'))

  await click(roll.screen.button('A step later'))
  await click(roll.screen.button('Octave down'))
  await click(roll.screen.button('Duplicate'))
  expect(roll.places()).toEqual(['2/48', '3/52', '4/48', '5/52'])
  await click(roll.screen.button('Copy'))
  await click(roll.screen.button('Delete notes'))

  expect(roll.places()).toEqual(['2/48', '3/52'])
  expect(roll.screen.has('button', 'Paste')).toBe(true)
})

test('keys and buttons zoom across, with Shift up and down, and back', async () => {
  roll.cell().focus()
  const [width, height] = [roll.size().width, roll.size().height]
  await roll.keys('+', '+', ['+', { shiftKey: true }])
  expect(roll.size().width).toBeGreaterThan(width * 1.4)
  expect(roll.size().height).toBeGreaterThan(height * 1.2)

  await roll.keys('0', [')', { shiftKey: true, code: 'Digit0' }])
  expect([roll.size().width, roll.size().height]).toEqual([width, height])

  await click(roll.screen.button('Zoom out'))
  await click(roll.screen.button('Lower rows'))
  expect(roll.size().width).toBeLessThan(width)
  expect(roll.size().height).toBeLessThan(height)
})

test('Ctrl with the wheel zooms; without it the roll scrolls as it does', async () => {
  const width = roll.size().width
  const wheel = (more: WheelEventInit) => {
    const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: -100 })
    // The page of the tests leaves these out.
    for (const [name, value] of Object.entries({ clientX: 300, clientY: 200, ...more }))
      Object.defineProperty(event, name, { value })
    roll.surface.dispatchEvent(event)
    return nextTick()
  }

  await wheel({})
  expect(roll.size().width).toBe(width)
  await wheel({ ctrlKey: true })

  expect(roll.size().width).toBeGreaterThan(width)
})

test('another track is opened with nothing selected', async () => {
  const bos = withNotes(emptyTrack('bos-track', 'bo', 'bo', 1), [noteAt(1, 60)])
  roll.session.song.set(songOf([withNotes(roll.mine(), [noteAt(1, 60), noteAt(2, 60)]), bos]))
  await nextTick()
  roll.cell().focus()
  await roll.keys(control('a'))

  await click(roll.screen.button("Edit bo's track"))

  expect(roll.screen.has('group', 'Selected notes')).toBe(false)
  expect(roll.session.song.read().tracks.map(({ id }) => id)).toContain('bos-track' as TrackId)
})
