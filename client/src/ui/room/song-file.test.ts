import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

test('a song is saved under the name of its room', async () => {
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })

  await click(screen.button('Save song'))
  await vi.waitUntil(() => saved.length > 0)

  expect(saved).toEqual(['kitchen.beatcord'])
})

test('a file that is no song is refused in words', async () => {
  const picker = screen.field('Song file')
  Object.defineProperty(picker, 'files', { value: [new File(['x'], 'cat.png')] })

  picker.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitUntil(() => screen.text().includes('This file is no song.'))

  expect(screen.app.takeReports()).toHaveLength(1)
})

test('into a song of a newer Beatcord no other one is opened', async () => {
  session.writable.set('newer-song')
  await nextTick()

  expect(screen.button('Open song').disabled).toBe(true)
  expect(screen.button('Save song').disabled).toBe(false)
})
