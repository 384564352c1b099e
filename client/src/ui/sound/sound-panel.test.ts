import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, point, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => session.song.read().tracks[0]?.sound ?? INITIAL_SOUND

test('a waveform is chosen from all there are, and the chosen one is pressed', async () => {
  await click(screen.button('Square'))

  expect(sound().waveform).toBe('square')
  expect(screen.button('Square').getAttribute('aria-pressed')).toBe('true')
  expect(screen.button('Sawtooth').getAttribute('aria-pressed')).toBe('false')
})

test('a knob says its value, its range and its unit', () => {
  const cutoff = screen.role('slider', 'Cutoff')

  expect(cutoff.getAttribute('aria-valuenow')).toBe('3000')
  expect(cutoff.getAttribute('aria-valuemin')).toBe('80')
  expect(cutoff.getAttribute('aria-valuemax')).toBe('18000')
  expect(cutoff.getAttribute('aria-valuetext')).toBe('3.0 kHz')
})

test('arrow keys turn a knob, Home and End to its ends, Delete to the usual value', async () => {
  const sustain = screen.role('slider', 'Sustain')

  await press(sustain, 'ArrowUp')
  expect(sound().sustain).toBeCloseTo(0.52)
  await press(sustain, 'PageDown')
  expect(sound().sustain).toBeCloseTo(0.42)
  await press(sustain, 'End')
  expect(sound().sustain).toBe(1)
  await press(sustain, 'Home')
  expect(sound().sustain).toBe(0)
  await press(sustain, 'Delete')
  expect(sound().sustain).toBe(0.5)
})

test('a knob leaves other keys alone', async () => {
  expect((await press(screen.role('slider', 'Sustain'), 'y')).defaultPrevented).toBe(false)
  expect(session.song.read().tracks).toEqual([])
})

test('when a hand lets go of a knob, what it turned is written at once', async () => {
  const volume = screen.role('slider', 'Volume')
  await point(volume, 'pointerdown', { x: 100, y: 100 }, { button: 0 })
  await point(volume, 'pointermove', { x: 100, y: 82 })
  expect(session.settled()).toBe(0)

  await point(volume, 'pointerup', { x: 100, y: 82 })

  expect(session.settled()).toBe(1)
})

test('dragging up turns a knob up, with Shift more finely, and no further than its end', async () => {
  const volume = screen.role('slider', 'Volume')
  await point(volume, 'pointerdown', { x: 100, y: 100 }, { button: 0 })
  await point(volume, 'pointermove', { x: 100, y: 82 })
  expect(sound().volume).toBeCloseTo(0.8)
  await point(volume, 'pointermove', { x: 100, y: 100 }, { shiftKey: true })
  expect(sound().volume).toBeCloseTo(0.78)

  await point(volume, 'pointermove', { x: 100, y: -900 })
  expect(sound().volume).toBe(1)
  await point(volume, 'pointermove', { x: 100, y: -882 })
  expect(sound().volume).toBeCloseTo(0.9)
  await point(volume, 'pointerup', { x: 100, y: -882 })
  await point(volume, 'pointermove', { x: 100, y: 500 })

  expect(sound().volume).toBeCloseTo(0.9)
})

const typeButton = (name: string): HTMLElement => {
  const buttons = [...screen.root.querySelectorAll<HTMLElement>('.knob button.value')]
  const found = buttons.find((each) => each.getAttribute('aria-label')?.endsWith(`: type ${name}`))
  if (found === undefined) throw new Error(`there must be a button to type ${name}`)
  return found
}

test('a double click goes back to the usual value', async () => {
  const release = screen.role('slider', 'Release')
  await press(release, 'End')

  release.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await nextTick()

  expect(sound().releaseSeconds).toBe(0.4)
})

test('with a song of a newer Beatcord no knob turns', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await press(screen.role('slider', 'Cutoff'), 'End')

  expect(session.song.read().tracks).toEqual([])
  expect(screen.button('Sine').disabled).toBe(true)
})

const typedField = (name: string): HTMLInputElement => screen.field(`Value of ${name}`)

test('a digit on a knob begins a value, Enter takes it, and the focus goes back to the knob', async () => {
  const cutoff = screen.role('slider', 'Cutoff')
  cutoff.focus()
  await press(cutoff, '1')
  const field = typedField('Cutoff')
  expect(field.value).toBe('1')
  expect(document.activeElement).toBe(field)

  await type(field, '1.2k')
  await press(field, 'Enter')
  await nextTick()

  expect(sound().cutoffHz).toBe(1200)
  expect(document.activeElement).toBe(screen.role('slider', 'Cutoff'))
  expect(screen.root.querySelector('[aria-label="Value of Cutoff"]')).toBe(null)
})

test('a bad value says what would be a good one, and changes nothing', async () => {
  await press(screen.role('slider', 'Attack'), 'Enter')
  await type(typedField('Attack'), 'loud')
  await press(typedField('Attack'), 'Enter')

  expect(screen.role('alert').textContent.trim()).toBe('Type a value such as 5 ms.')
  expect(typedField('Attack').getAttribute('aria-invalid')).toBe('true')
  expect(session.song.read().tracks).toEqual([])

  await type(typedField('Attack'), '250 ms')
  expect(screen.root.querySelector('[role=alert]')).toBe(null)
  await press(typedField('Attack'), 'Enter')
  expect(sound().attackSeconds).toBeCloseTo(0.25)
})

test('a click on the value of a knob begins typing, and Escape leaves it as it was', async () => {
  await click(typeButton('Volume'))
  expect(typedField('Volume').value).toBe('70 %')
  await type(typedField('Volume'), '10 %')

  await press(typedField('Volume'), 'Escape')
  await nextTick()

  expect(session.song.read().tracks).toEqual([])
  expect(typeButton('Volume').isConnected).toBe(true)
})

test('a value that was typed is taken when the hand goes elsewhere, unless it is bad', async () => {
  await click(typeButton('Volume'))
  await type(typedField('Volume'), '20')
  typedField('Volume').dispatchEvent(new FocusEvent('blur'))
  await nextTick()
  expect(sound().volume).toBeCloseTo(0.2)

  await click(typeButton('Volume'))
  await type(typedField('Volume'), '2000')
  typedField('Volume').dispatchEvent(new FocusEvent('blur'))
  await nextTick()

  expect(sound().volume).toBeCloseTo(0.2)
  expect(typeButton('Volume').isConnected).toBe(true)
})

test('a song of a newer Beatcord has no values typed into it', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await press(screen.role('slider', 'Cutoff'), '5')

  expect(screen.root.querySelector('[aria-label="Value of Cutoff"]')).toBe(null)
  expect(typeButton('Cutoff').matches(':disabled')).toBe(true)
})

test('every knob says what it does, to the eye and to a screen reader', () => {
  for (const knob of screen.root.querySelectorAll('.knob [role=slider]')) {
    const hint = knob.getAttribute('aria-description') ?? ''
    expect(hint).toMatch(/\.$/)
    expect(knob.getAttribute('title')).toContain(hint)
  }
})

test('the knobs can be put away for more room, and come back with a section', async () => {
  await click(screen.button('Hide the knobs'))
  expect(screen.has('slider', 'Cutoff')).toBe(false)

  await click(screen.role('tab', 'Basics'))

  expect(screen.has('slider', 'Cutoff')).toBe(true)
})
