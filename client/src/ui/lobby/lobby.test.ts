import { afterEach, expect, test } from 'vitest'
import type { JamMemory } from '../../app/app-types.ts'
import { RECENT_WORDS } from '../../words/recent.ts'
import { click, openScreen, shown, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
// Fetched with the tests: no first one waits for it.
import './RecentJams.vue'
import './StartLook.vue'

let screen: Screen
afterEach(() => screen.close())

test('a newcomer finds a name filled in, and the dice give another', async () => {
  screen = openScreen()
  expect(screen.field('Your name').value).toBe('Amber Otter')

  await click(screen.button('Suggest another one'))

  expect(screen.field('Your name').value).toBe('Silver Heron')
})

test('how the page looks is chosen before anybody is in a jam', async () => {
  screen = openScreen()
  await shown(() => screen.root.querySelector('.looks') !== null)

  await click(screen.field('Light'))

  expect(document.documentElement.dataset['theme']).toBe('light')
})

test('one button starts a private jam under that name', async () => {
  screen = openScreen()
  await type(screen.field('Your name'), 'ana')

  await click(screen.button('Start a private jam'))

  await shown(() => screen.has('list', 'People'))
  expect(screen.role('list', 'People').textContent).toContain('ana')
  expect(screen.text()).toContain("ana's jam")
})

test('without a name nobody joins, and the field says why', async () => {
  screen = openScreen()
  await type(screen.field('Your name'), '  ')

  await click(screen.button('Start a private jam'))

  expect(screen.text()).toContain('Tell the others your name.')
  expect(screen.field('Your name').getAttribute('aria-invalid')).toBe('true')
  expect(screen.app.arrival.read()).toBeUndefined()
})

test('a room needs a name of its own, and says that whoever guesses it can listen', async () => {
  screen = openScreen()

  await click(screen.button('Open room'))

  expect(screen.text()).toContain('Give the room a name.')
  expect(screen.text()).toMatch(/Whoever guesses the name\s+can listen, and so could whoever runs/)
  expect(screen.app.arrival.read()).toBeUndefined()
})

test('a room is opened by its name', async () => {
  screen = openScreen()
  await type(screen.field('Room name'), ' kitchen table ')

  await click(screen.button('Open room'))

  expect(screen.app.route.read()).toEqual({
    page: 'jam',
    invite: { kind: 'open', name: 'kitchen table' },
  })
})

test('it says before joining that people in the room can see the network address', () => {
  screen = openScreen()

  expect(screen.text()).toMatch(/People in a room can see your network address/)
})

test('the address can be hidden before joining, and the page says who learns it even so', async () => {
  screen = openScreen()
  const hide = screen.field('Hide my network address')
  expect(hide.checked).toBe(false)

  await click(hide)

  expect(screen.app.hidesAddress.read()).toBe(true)
  expect(hide.checked).toBe(true)
  expect(screen.text()).toMatch(/others do not learn it; whoever runs the server does/)
  expect(screen.text()).not.toMatch(/can see your network address/)
})

const KITCHEN = {
  label: 'kitchen',
  href: '/jam#kitchen',
  kind: 'open',
  lastMs: Date.now() - 3 * 3_600_000,
} as const

/** Opens the start page of somebody who was in the kitchen. */
async function openWithKitchen(memory?: JamMemory): Promise<void> {
  screen = openScreen()
  if (memory !== undefined) screen.app.memories.set(KITCHEN.href, memory)
  screen.app.recentJams.set([KITCHEN])
  await shown(() => screen.has('region', RECENT_WORDS.recent))
}

test('a recent jam shows its first bar, with whom it was played, and when', async () => {
  await openWithKitchen({
    atMs: Date.now() - 2 * 60_000,
    people: ['Bo', 'Cy', 'Dee', 'Eve', 'Fay'].map((name, colour) => ({ name, colour })),
    rows: [{ colour: 3, steps: 16, strokes: [{ step: 4, strength: 1 }] }],
  })
  await shown(() => screen.has('img', RECENT_WORDS.picture('kitchen')))

  expect(screen.role('region', RECENT_WORDS.recent).textContent).toContain(
    'with Bo, Cy, Dee, and 2 more · last played 2 minutes ago',
  )
  const picture = screen.role('img', RECENT_WORDS.picture('kitchen'))
  expect(picture.querySelector('g')?.style.fill).toBe('var(--person-3)')
  expect(picture.querySelector('path')?.getAttribute('d')).toMatch(/^M40\.5 1h/)
})

test('a jam that nothing is remembered of is on the list all the same', async () => {
  await openWithKitchen()

  expect(screen.role('region', RECENT_WORDS.recent).textContent).toContain(
    'kitchenlast played 3 hours ago',
  )
  expect(screen.has('img', RECENT_WORDS.picture('kitchen'))).toBe(false)
})

test('recent jams are links that can be forgotten', async () => {
  await openWithKitchen()
  expect(screen.root.querySelector('a')?.getAttribute('href')).toBe('/jam#kitchen')

  await click(screen.button('Forget kitchen'))
  expect(screen.text()).toMatch(/A sealed copy may stay on the server for 30 days/)
  expect(screen.app.recentJams.read()).toHaveLength(1)
  await click(screen.button('Keep it'))
  expect(screen.text()).not.toMatch(/sealed copy/)
  await click(screen.button('Forget kitchen'))
  await click(screen.button('Forget'))

  expect(screen.has('region', 'Recent jams')).toBe(false)
})

test('a jam that cannot be joined says so in words, and can be tried again', async () => {
  screen = openScreen({ join: () => Promise.reject(new Error('The server cannot be reached.')) })

  await click(screen.button('Start a private jam'))

  expect(screen.text()).toContain('The server cannot be reached.')
  expect(screen.button('Start a private jam').disabled).toBe(false)
  expect(screen.app.takeReports()).toHaveLength(1)
})

test('while the jam is being opened the page stays, though the address has changed', async () => {
  screen = openScreen({
    join: () => {
      screen.app.route.set({ page: 'jam', invite: { kind: 'private', label: "ana's jam" } })
      return new Promise(() => undefined)
    },
  })

  await click(screen.button('Start a private jam'))

  expect(screen.button('Start a private jam').disabled).toBe(true)
})

test('over plain http from elsewhere it says why there is no sound, and what to do', () => {
  screen = openScreen({ environment: { secure: false } })

  expect(screen.text()).toContain('HTTPS=self')
})
