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
  link: 'direct',
  hears: true,
}

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  session.people.set([...session.people.read(), BO])
  await nextTick()
  await click(screen.button('2 people, details'))
  // Both are fetched when the list is opened.
  await vi.waitFor(() => {
    expect(screen.has('button', 'Options for bo')).toBe(true)
    expect(screen.text()).toContain('Who may come in')
  })
})
afterEach(() => screen.close())

test.each([
  ['player', ['Only listen'], 'bo listener'],
  ['player', ['Make host too'], 'bo host'],
  ['listener', ['Let play'], 'bo player'],
  ['host', ['No longer host'], 'bo player'],
  ['player', ['Remove…', 'Remove bo'], 'bo removed'],
] as const)('a host turns a %s by %j: %s', async (role, buttons, done) => {
  session.people.set(session.people.read().map((each) => (each.isMe ? each : { ...BO, role })))
  await nextTick()
  await click(screen.button('Options for bo'))
  for (const label of buttons) await click(screen.button(label))

  expect(session.hosted).toEqual([done])
})

test('nobody is removed by one tap, and it can be thought better of', async () => {
  await click(screen.button('Options for bo'))
  await click(screen.button('Remove…'))
  await click(screen.button('Cancel'))

  expect(session.hosted).toEqual([])
  expect(screen.button('Only listen')).toBeDefined()
})

test('who is no host has no such buttons', async () => {
  session.role.set('player')
  await nextTick()

  expect(screen.text()).not.toContain('Who may come in')
  await click(screen.button('Options for bo'))
  for (const label of ['Only listen', 'Make host too', 'Remove…'])
    expect(screen.has('button', label)).toBe(false)
})

test('a host says who may come in, and what newcomers are', async () => {
  await click(screen.field('Nobody new'))
  await click(screen.field('Newcomers only listen'))

  expect(session.rules.read()).toEqual({ door: 'locked', newcomers: 'listener' })
})

test('who knocks is shown, and let in or not', async () => {
  session.guests.set([{ id: 'cy', name: 'cy', colour: 2 }])
  await nextTick()
  expect(screen.text()).toContain('cy wants to come in.')

  await click(screen.button('Let in'))
  expect(session.hosted).toEqual(['cy in'])
  session.guests.set([{ id: 'dee', name: 'dee', colour: 3 }])
  await nextTick()
  await click(screen.button('Not now'))

  expect(session.hosted).toEqual(['cy in', 'dee not'])
})
