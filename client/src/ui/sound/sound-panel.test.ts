import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { envelopePath } from './envelope-path.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => session.song.read().tracks[0]?.sound ?? INITIAL_SOUND

test('a waveform is chosen from four, and the chosen one is pressed', async () => {
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
  expect((await press(screen.role('slider', 'Sustain'), 'x')).defaultPrevented).toBe(false)
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

test('the wheel turns a knob and does not scroll the page', async () => {
  const event = new WheelEvent('wheel', { deltaY: 100, cancelable: true })
  screen.role('slider', 'Sustain').dispatchEvent(event)
  await nextTick()

  expect(sound().sustain).toBeCloseTo(0.48)
  expect(event.defaultPrevented).toBe(true)
})

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

test('each part of the envelope moves its drawing', () => {
  const still = envelopePath(INITIAL_SOUND)

  for (const change of [
    { attackSeconds: 1 },
    { decaySeconds: 1 },
    { sustain: 1 },
    { releaseSeconds: 1 },
  ]) {
    expect(envelopePath({ ...INITIAL_SOUND, ...change })).not.toBe(still)
  }
})
