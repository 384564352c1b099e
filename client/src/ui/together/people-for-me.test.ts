import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { LocalSession } from '../testing/local-session.ts'
import type { LocalTogether } from '../testing/local-together.ts'
import { click, openJam, shown } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

const BO: Person = {
  id: 'bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
}

let screen: Screen
let session: LocalSession
let together: LocalTogether
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  together = session.together
  session.people.set([...session.people.read(), BO])
  session.role.set('player')
  await nextTick()
  await click(screen.button('2 people, details'))
  await vi.waitUntil(() => screen.has('button', 'Options for bo'))
  await click(screen.button('Options for bo'))
})
afterEach(() => screen.close())

test('somebody is hidden from their row, which says so and brings them back', async () => {
  await click(screen.button('Hide for me'))
  expect([...together.hidden.read()]).toEqual(['bo'])
  expect(screen.role('list', 'People').textContent).toContain('hidden for you')
  expect(screen.has('button', 'Follow bo')).toBe(false)

  await click(screen.button('Show again'))

  expect([...together.hidden.read()]).toEqual([])
  expect(screen.role('list', 'People').textContent).not.toContain('hidden for you')
})

test('hiding can be taken back at once', async () => {
  await click(screen.button('Hide for me'))

  await click(screen.button('Undo'))

  expect([...together.hidden.read()]).toEqual([])
})

test('somebody is followed from their row, whose list closes', async () => {
  await click(screen.button('Follow bo'))

  expect(together.followed.read()).toBe('bo')
  expect(screen.has('button', 'Options for bo')).toBe(false)
})

test('the chime of a join is a switch among the timing settings', async () => {
  await click(screen.button('Timing'))
  await shown(
    () => screen.has('group', 'Timing settings') && screen.root.textContent.includes('Join chime'),
  )

  await click(screen.field('Join chime'))

  expect(together.chimes.read()).toBe(false)
})
