import { nextTick } from 'vue'
import { afterEach, expect, test, vi } from 'vitest'
import type { FirstStep } from '../../app/first-minute.ts'
import type { LocalSession } from '../testing/local-session.ts'
import type { LocalTogether } from '../testing/local-together.ts'
import { click, openJam } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { TOGETHER_WORDS as WORDS } from '../../words/together.ts'

let screen: Screen
let session: LocalSession
afterEach(() => screen.close())

async function open(...done: readonly FirstStep[]): Promise<LocalTogether> {
  const jam = await openJam({ environment: { isLocalhost: false } })
  screen = jam.screen
  session = jam.session
  const { together } = session
  together.firstSteps.set(new Set(done))
  await nextTick()
  return together
}

const steps = (): readonly string[] =>
  [...screen.role('region', WORDS.firstMinute).querySelectorAll('li')].map(
    (each) => `${each.getAttribute('aria-current') ?? ''} ${each.textContent}`,
  )

test('three steps are shown, the next of them with a hint', async () => {
  await open('note')

  expect(steps()).toEqual([
    expect.stringMatching(/^ Write a note, done$/),
    expect.stringMatching(/^step 2Press play/),
    expect.stringMatching(/^ 3Invite a friend$/),
  ])
})

test('they go when somebody has seen enough, and are not shown to who only listens', async () => {
  const together = await open()
  session.writable.set('listening')
  await nextTick()
  expect(screen.has('region', WORDS.firstMinute)).toBe(false)
  session.writable.set('yes')
  await nextTick()

  await click(screen.button(WORDS.dismiss))

  expect(together.firstSteps.read()).toBeUndefined()
  expect(screen.has('region', WORDS.firstMinute)).toBe(false)
})

test('copying the invite ticks off the last step', async () => {
  const writeText = vi.fn<(text: string) => Promise<void>>().mockResolvedValue()
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard)
  const together = await open('note', 'play')

  await click(screen.button('Copy invite'))
  await vi.waitUntil(() => together.firstSteps.read()?.size === 3)
  await nextTick()

  expect(screen.role('region', WORDS.firstMinute).textContent).toContain(WORDS.allDone)
})

test('an empty pattern invites to write once the greeting is gone, and where one may', async () => {
  await open()
  expect(screen.text()).not.toContain(WORDS.emptyPattern.fine)

  await click(screen.button('Start empty'))
  expect(screen.text()).toContain(WORDS.emptyPattern.fine)
  session.writable.set('listening')
  await nextTick()

  expect(screen.text()).not.toContain(WORDS.emptyPattern.fine)
})

test('alone in the jam the chat says how to be two', async () => {
  await open()

  expect(screen.role('log', 'Chat').textContent).toContain(WORDS.aloneInChat)
})
