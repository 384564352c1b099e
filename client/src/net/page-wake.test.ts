import { expect, test } from 'vitest'
import { createPageWakes } from './page-wake.ts'

/** As much of a window as is listened to. */
function createPage(): {
  page: Window
  fire: (on: 'window' | 'document', type: string) => void
  look: (state: string) => void
} {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const window = Object.assign(new EventTarget(), { document })
  return {
    page: window as unknown as Window,
    fire(on, type) {
      ;(on === 'window' ? window : document).dispatchEvent(new Event(type))
    },
    look(state) {
      document.visibilityState = state
    },
  }
}

test('a page wakes when it is looked at, comes back or finds a network, until undone', () => {
  const { page, fire, look } = createPage()
  const woke: string[] = []
  const undo = createPageWakes(page).onWake((cause) => woke.push(cause))

  fire('window', 'online')
  fire('window', 'pageshow')
  fire('document', 'resume')
  look('hidden')
  fire('document', 'visibilitychange')
  look('visible')
  fire('document', 'visibilitychange')
  undo()
  fire('window', 'online')
  fire('document', 'visibilitychange')

  expect(woke).toEqual(['online', 'visible', 'visible', 'visible'])
})

test('a page tells when it is put away, and whether it is looked at', () => {
  const { page, fire, look } = createPage()
  const wakes = createPageWakes(page)
  let hidden = 0
  const undo = wakes.onHide(() => (hidden += 1))

  fire('window', 'pagehide')
  undo()
  fire('window', 'pagehide')
  look('hidden')

  expect(hidden).toBe(1)
  expect(wakes.isVisible()).toBe(false)
})
