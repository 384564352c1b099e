import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  await click(screen.button('1 person, details'))
})
afterEach(() => screen.close())

test('a jam is deleted after a question, and not by one tap', async () => {
  await click(screen.button('Delete this jam…'))
  expect(screen.text()).toMatch(/from this browser, and the sealed copy on the server/)
  expect(screen.app.arrival.read()).toBeDefined()
  await click(screen.button('Keep it'))
  expect(screen.text()).not.toMatch(/sealed copy on the server/)

  await click(screen.button('Delete this jam…'))
  await click(screen.button('Delete for good'))

  expect(screen.app.arrival.read()).toBeUndefined()
})

test('who only listens is told that the copy on the server stays', async () => {
  session.role.set('listener')
  await nextTick()

  await click(screen.button('Delete this jam…'))

  expect(screen.text()).toMatch(/cannot delete the sealed copy on the server/)
})

test('when the server cannot be reached it says so, and the jam is still there', async () => {
  vi.spyOn(session, 'deleteJam').mockRejectedValue(new Error('nothing was deleted'))

  await click(screen.button('Delete this jam…'))
  await click(screen.button('Delete for good'))

  expect(screen.text()).toContain('nothing was deleted')
  expect(screen.app.arrival.read()).toBeDefined()
  expect(screen.button('Delete for good').disabled).toBe(false)
  expect(screen.app.takeReports()).toHaveLength(1)
})

test('what came back is told, and stays long enough to be read', async () => {
  session.notify({ kind: 'news', text: 'This jam is back.' })
  await nextTick()

  expect(screen.text()).toContain('This jam is back.')
})
