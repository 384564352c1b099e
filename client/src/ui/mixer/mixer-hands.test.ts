import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMixer } from '../testing/mixer-screen.ts'
import { point } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
beforeEach(async () => {
  screen = (await openMixer()).screen
})
afterEach(() => screen.close())

const slider = (name: string): HTMLElement => screen.role('slider', name)

test('a fader leaves the keys of the page and its browser alone', async () => {
  const fader = slider("Volume, bo's track")
  for (const more of [{ altKey: true }, { ctrlKey: true }, { metaKey: true }]) {
    const event = new KeyboardEvent('keydown', { key: 'ArrowLeft', cancelable: true, ...more })
    fader.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  }
})

test('a second finger does not move a fader that another holds', async () => {
  const fader = slider("Volume, bo's track")
  const before = fader.getAttribute('aria-valuenow')
  await point(fader, 'pointerdown', { x: 100, y: 100 }, { button: 0 })
  await point(fader, 'pointermove', { x: 100, y: 40 }, { pointerId: 2 })
  await point(fader, 'pointerup', { x: 100, y: 40 }, { pointerId: 2 })

  expect(fader.getAttribute('aria-valuenow')).toBe(before)
  await point(fader, 'pointermove', { x: 100, y: 40 })
  expect(fader.getAttribute('aria-valuenow')).not.toBe(before)
  await point(fader, 'pointerup', { x: 100, y: 40 })
})
