import { afterEach, beforeEach, expect, test } from 'vitest'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
beforeEach(async () => {
  screen = (await openJam()).screen
})
afterEach(() => screen.close())

test('the name of the button to type a value has in it what is written on it', () => {
  const buttons = [...screen.root.querySelectorAll<HTMLElement>('.knob button.value')]

  expect(buttons.length).toBeGreaterThan(0)
  for (const button of buttons) {
    expect(button.getAttribute('aria-label')).toContain(button.textContent.trim())
  }
})

test('the open tab controls the panel that is shown', async () => {
  const tab = screen.role('tab', 'Basics')
  const panel = screen.role('tabpanel', 'Basics')
  expect(panel.id).not.toBe('')
  expect(tab.getAttribute('aria-controls')).toBe(panel.id)
  expect(screen.role('tab', 'Filter').hasAttribute('aria-controls')).toBe(false)

  await click(screen.button('Hide the knobs'))
  expect(tab.hasAttribute('aria-controls')).toBe(false)
})
