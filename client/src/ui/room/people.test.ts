import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, type } from '../testing/screen.ts'
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
})
afterEach(() => screen.close())

const entries = (): string[] =>
  [...screen.role('list', 'People').querySelectorAll('li')].map((each) => each.textContent)
async function meet(...others: Person[]): Promise<void> {
  session.people.set([...session.people.read(), ...others])
  await nextTick()
}

test('I am in the list, and it says which one I am', () => {
  expect(entries()).toEqual([expect.stringMatching(/ana.*here, you/)])
})

test.each<[Partial<Person>, RegExp]>([
  [{}, /bo.*here, connected/],
  [{ link: 'connecting' }, /here, connecting/],
  [{ presence: 'away' }, /away/],
  [{ link: 'unsteady' }, /unsteady connection/],
  [{ link: 'unreachable' }, /cannot be reached/],
  [{ hears: false }, /without sound yet/],
])('somebody who is %o is told of in words', async (change, words) => {
  await meet({ ...BO, ...change })

  expect(entries()[1]).toMatch(words)
})

test.each<[Partial<Person>, string | undefined]>([
  [{}, undefined],
  [{ stats: { route: 'turn' } }, 'direct'],
  [{ link: 'relayed' }, 'relayed'],
  [{ link: 'unreachable' }, 'unreachable'],
  [{ link: 'relayed', presence: 'away' }, undefined],
])('the way to somebody who is %o has a sign of its own: %s', async (change, sign) => {
  await meet({ ...BO, ...change })

  const badge = screen.role('list', 'People').querySelector('li:last-child .badge')
  if (sign === undefined) expect(badge).toBeNull()
  else expect(badge?.classList).toContain(sign)
})

test('round trip and loss stand beside the name, as figures and as bars', async () => {
  await meet({ ...BO, stats: { route: 'direct', rttMs: 450, loss: 0.02 } })
  await click(screen.button('2 people, details'))

  expect(entries()[1]).toMatch(/450 ms round trip, 2 % lost/)
  expect(screen.root.querySelectorAll('.bars .lit')).toHaveLength(1)
})

test('what goes through the server is told in the header and explained in the list', async () => {
  await meet({ ...BO, link: 'relayed' })
  expect(screen.role('status', 'Connection').textContent).toBe('Through the server')

  await click(screen.button('2 people, details'))
  expect(screen.text()).toContain('sealed through the server, and may come later')

  await meet({ ...BO, id: 'cy', name: 'cy' })
  expect(screen.role('status', 'Connection').textContent).toBe('Partly through the server')
})

test('the list of an open room says who else could listen, that of a private one does not', async () => {
  await click(screen.button('1 person, details'))
  expect(screen.text()).toContain('so could whoever runs the server')

  screen.app.route.set({ page: 'jam', invite: { kind: 'private', label: 'amber-otter' } })
  await nextTick()

  expect(screen.text()).not.toContain('whoever runs the server')
})

test('the address can be hidden from within the jam', async () => {
  await click(screen.button('1 person, details'))

  await click(screen.field('Hide my network address'))

  expect(screen.app.hidesAddress.read()).toBe(true)
})

test('a name that looks like markup is shown as it was written', async () => {
  const name = '<script>x()</script>'

  await meet({ ...BO, name })

  expect(entries()[1]).toContain(name)
  expect(screen.root.querySelector('script')).toBeNull()
})

test('details unfold, and there I can change my name', async () => {
  await click(screen.button('1 person, details'))
  await type(screen.field('Your name'), 'ana maria')

  await click(screen.button('Rename'))

  expect(entries()).toEqual([expect.stringContaining('ana maria')])
  expect(screen.has('button', 'Rename')).toBe(false)
})

test('a name that will not do is refused beside the field', async () => {
  await click(screen.button('1 person, details'))
  await type(screen.field('Your name'), '')

  await click(screen.button('Rename'))

  expect(screen.text()).toContain('Tell the others your name.')
  expect(entries()).toEqual([expect.stringContaining('ana')])
})

test('connection and beat are told in words', async () => {
  expect(screen.role('status', 'Connection').textContent).toBe('Connected')
  expect(screen.role('status', 'Sync').textContent).toBe('Just you')

  session.connection.set({ status: 'joining' })
  session.sync.set({ status: 'in-time', errorMs: 2.4 })
  await nextTick()

  expect(screen.role('status', 'Connection').textContent).toBe('Joining…')
  expect(screen.role('status', 'Sync').textContent).toBe('In time ±2.4 ms')
})

test('how near one is in time is told anew only when it has become otherwise', async () => {
  const told = (): string | null => screen.role('status', 'Sync').textContent
  session.sync.set({ status: 'in-time', errorMs: 2.4 })
  await nextTick()
  session.sync.set({ status: 'in-time', errorMs: 3.2 })
  await nextTick()
  expect(told()).toBe('In time ±2.4 ms')

  session.sync.set({ status: 'in-time', errorMs: 3.6 })
  await nextTick()

  expect(told()).toBe('In time ±3.6 ms')
})
