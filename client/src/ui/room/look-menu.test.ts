import { afterEach, beforeEach, expect, test } from 'vitest'
import { click, openJam, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
beforeEach(async () => {
  screen = (await openJam()).screen
})
afterEach(() => screen.close())

const worn = (): string | undefined => document.documentElement.dataset['theme']

test('who is in a jam chooses how the page looks, and it looks so at once', async () => {
  await click(screen.button('Look'))
  expect(screen.button('Look').getAttribute('aria-expanded')).toBe('true')

  await click(screen.field('Light'))
  expect(screen.app.theme.read()).toBe('light')
  expect(worn()).toBe('light')

  await click(screen.field('Dark'))
  expect(worn()).toBe('dark')

  await press(document.body, 'Escape')
  expect(screen.button('Look').getAttribute('aria-expanded')).toBe('false')
})
