import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

const BO: Person = {
  id: 'bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'relayed',
  stats: { route: 'server', rttMs: 80 },
  hears: true,
}
const writeText = vi.fn<(text: string) => Promise<void>>()

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  writeText.mockReset().mockResolvedValue()
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => {
  vi.useRealTimers()
  screen.close()
})

const panel = (): HTMLDialogElement | null => screen.root.querySelector('dialog')
async function opened(): Promise<HTMLDialogElement> {
  const found = await vi.waitUntil(panel, { timeout: 10_000 })
  await nextTick()
  return found
}
async function open(): Promise<HTMLDialogElement> {
  await click(screen.button('1 person, details'))
  await click(screen.button('Connection details'))
  return opened()
}

test('it opens from the list of people, says how each is linked, and closes', async () => {
  session.people.set([...session.people.read(), BO])
  await nextTick()
  await click(screen.button('2 people, details'))
  await click(screen.button('Connection details'))
  const dialog = await opened()

  expect(dialog.open).toBe(true)
  expect(dialog.textContent).toContain('bo: through the server.')
  const cells = [...dialog.querySelectorAll('tbody :is(th, td)')].map((cell) => cell.textContent)
  expect(cells.map((cell) => cell.trim())).toEqual([
    'bo',
    'through the server',
    '80 ms',
    'not known yet',
    'not known yet',
    'none',
  ])

  await click(screen.button('Close'))
  expect(panel()).toBeNull()
})

test('it keeps up with what happens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const dialog = await open()
  expect(dialog.textContent).toContain('Nobody else is here')

  session.people.set([...session.people.read(), { ...BO, link: 'direct' }])
  vi.advanceTimersByTime(1000)
  await nextTick()

  expect(dialog.textContent).toContain('connected with 1 person')
})

test('it is copied as text, without the room’s name', async () => {
  await open()

  await click(screen.button('Copy'))

  const [[text] = ['']] = writeText.mock.calls
  expect(text).toContain('All is well. Nobody else is here.')
  expect(text).not.toContain('kitchen')
  expect(panel()?.textContent).toContain('Copied, without')
})

test('where nothing can be copied the text is shown, to be copied by hand', async () => {
  writeText.mockRejectedValue(new Error('not allowed'))
  const dialog = await open()

  await click(screen.button('Copy'))
  await vi.waitUntil(() => dialog.querySelector('textarea'))

  expect(dialog.querySelector('textarea')?.value).toContain('All is well')
  expect(screen.app.takeReports()).toHaveLength(1)
})
