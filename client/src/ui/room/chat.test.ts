import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { clockTime } from './clock-time.ts'

const NOON_FIVE = new Date(2026, 0, 5, 12, 5).getTime()
const HOSTILE = '<img src=x onerror=alert(1)>'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const log = (): HTMLElement => screen.role('log', 'Chat')
async function hear(text: string, name = 'bo'): Promise<void> {
  const line = { id: `${name} ${text}`, by: 'bo', name, colour: 1, text, atMs: NOON_FIVE }
  session.chat.set([...session.chat.read(), line])
  await nextTick()
}

test('what is sent is in the log, and the field is empty again', async () => {
  await type(screen.field('Message'), '  hello  ')

  await click(screen.button('Send'))

  expect(session.chat.read().map(({ text }) => text)).toEqual(['hello'])
  expect(log().textContent).toContain('hello')
  expect(screen.field('Message').value).toBe('')
})

test('nothing but spaces is not sent, and a message has at most 500 characters', async () => {
  expect(screen.button('Send').disabled).toBe(true)
  await type(screen.field('Message'), '   ')

  expect(screen.button('Send').disabled).toBe(true)
  expect(screen.field('Message').maxLength).toBe(500)
})

test('each line has its writer and its time of day', async () => {
  await hear('hi')

  expect(log().textContent).toContain('bo')
  expect(log().querySelector('time')?.textContent).toBe('12:05')
  expect(clockTime(new Date(2026, 0, 5, 0, 0).getTime())).toBe('00:00')
})

test('names and lines that look like markup are shown as they were written', async () => {
  await hear(HOSTILE, HOSTILE)

  expect(log().textContent.split(HOSTILE)).toHaveLength(3)
  expect(screen.root.querySelector('img')).toBeNull()
})

test('lines that come while the chat is shut are counted until it is opened', async () => {
  await hear('before')
  const toggle = [...screen.root.querySelectorAll<HTMLElement>('button')].find(
    (each) => each.textContent.includes('Chat') && each.hasAttribute('aria-expanded'),
  )
  if (toggle === undefined) throw new Error('there must be a chat to shut')
  await click(toggle)

  await hear('one')
  await hear('two')
  expect(toggle.textContent).toContain('2 new')

  await click(toggle)
  expect(toggle.textContent).not.toContain('new')
})
