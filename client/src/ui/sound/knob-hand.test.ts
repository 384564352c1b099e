import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { openJam, point } from '../testing/screen.ts'
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

/** @param isZooming  with Ctrl held, which the page of these tests leaves out of a wheel's event */
async function wheel(name: string, more: WheelEventInit, isZooming = false): Promise<WheelEvent> {
  const event = new WheelEvent('wheel', { cancelable: true, ...more })
  if (isZooming) Object.defineProperty(event, 'ctrlKey', { value: true })
  screen.role('slider', name).dispatchEvent(event)
  await nextTick()
  return event
}

test('the wheel turns a knob and does not scroll the page', async () => {
  const event = await wheel('Sustain', { deltaY: 100 })

  expect(sound().sustain).toBeCloseTo(0.48)
  expect(event.defaultPrevented).toBe(true)
})

test('the wheel turns as far as the hand goes: a touchpad tells of it in many small parts', async () => {
  for (let part = 0; part < 40; part++) await wheel('Sustain', { deltaY: -5 })
  expect(sound().sustain).toBeCloseTo(0.54)

  await wheel('Sustain', { deltaY: 3, deltaMode: WheelEvent.DOM_DELTA_LINE })
  expect(sound().sustain).toBeCloseTo(0.52)
})

test('the wheel leaves zooming and what goes sideways to the page', async () => {
  const zoomed = await wheel('Sustain', { deltaY: 100 }, true)
  const sideways = await wheel('Sustain', { deltaY: 10, deltaX: 90 })

  expect([zoomed.defaultPrevented, sideways.defaultPrevented]).toEqual([false, false])
  expect(session.song.read().tracks).toEqual([])
})

test('over a knob that does not turn the wheel scrolls the page', async () => {
  session.writable.set('newer-song')
  await nextTick()

  expect((await wheel('Sustain', { deltaY: 100 })).defaultPrevented).toBe(false)
})

test('a second finger neither turns a knob that another holds, nor lets go of it', async () => {
  const volume = screen.role('slider', 'Volume')
  const before = sound().volume
  await point(volume, 'pointerdown', { x: 100, y: 100 }, { button: 0 })

  await point(volume, 'pointerdown', { x: 300, y: 300 }, { button: 0, pointerId: 2 })
  await point(volume, 'pointermove', { x: 300, y: 100 }, { pointerId: 2 })
  await point(volume, 'pointerup', { x: 300, y: 100 }, { pointerId: 2 })
  await point(volume, 'pointermove', { x: 100, y: 118 })
  await point(volume, 'pointerup', { x: 100, y: 118 })

  expect(sound().volume).toBeCloseTo(before - 0.1)
})
