import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PeerSync, Person, SyncState } from '../../app/session-types.ts'
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
const EVERY: readonly PeerSync[] = [
  { status: 'in-time', errorMs: 0.6 },
  { status: 'drifting', errorMs: 45 },
  { status: 'syncing' },
  { status: 'unmeasured' },
]

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const header = (): HTMLElement => screen.role('status', 'Sync')
const rows = (): HTMLElement[] => [...screen.role('list', 'People').querySelectorAll('li')]
const ringsIn = (place: Element | undefined): string[] =>
  [...(place?.querySelectorAll('svg.ring') ?? [])].map((ring) => ring.innerHTML)

async function show(mine: SyncState, bos?: PeerSync): Promise<void> {
  session.sync.set(mine)
  const [me] = session.people.read()
  if (me === undefined) throw new Error('ana must be there')
  session.people.set([me, { ...BO, ...(bos && { sync: bos }) }])
  await nextTick()
}

test('whoever is alone has words and no ring', () => {
  expect(header().textContent).toBe('Just you')
  expect(ringsIn(screen.root)).toEqual([])
})

test('each state has a shape of its own', async () => {
  const shapes = new Set<string>()

  for (const sync of EVERY) {
    await show(sync)
    shapes.add(ringsIn(header()).join())
  }

  expect(shapes.size).toBe(EVERY.length)
})

test('the ring stands at everybody’s disc, oneself among them, and its words in the list', async () => {
  await show({ status: 'in-time', errorMs: 0.4 }, { status: 'drifting', errorMs: 45 })
  await click(screen.button('2 people, details'))

  const [mine, bos] = rows()
  expect(mine?.textContent).toContain('in time ±0.4 ms')
  expect(bos?.textContent).toContain('out of time')
  expect(ringsIn(mine)).toHaveLength(2)
  expect(ringsIn(bos)).toHaveLength(2)
  expect(bos?.querySelector('.timing')?.getAttribute('title')).toBe(
    'How closely your browser and theirs agree on the beat',
  )
})

test('of whom nothing can be said there is no ring', async () => {
  await show({ status: 'syncing' })

  expect(ringsIn(rows()[1])).toEqual([])
})

test('a screen reader gets words alone, and not each time they change', async () => {
  await show({ status: 'in-time', errorMs: 0.4 }, { status: 'in-time', errorMs: 0.6 })

  const rings = [...screen.root.querySelectorAll('svg.ring')]
  expect(rings.every((ring) => ring.getAttribute('aria-hidden') === 'true')).toBe(true)
  expect(header().getAttribute('aria-live')).toBe('off')
  expect(rows()[1]?.closest('[aria-live], [role=status]')).toBeNull()
  expect(rows()[1]?.textContent).toContain('in time ±0.6 ms')
})

test('what the figure means is said once there is one', async () => {
  await show({ status: 'syncing' }, { status: 'syncing' })
  await click(screen.button('2 people, details'))
  expect(screen.text()).not.toContain('agree on the beat to within')

  await show({ status: 'in-time', errorMs: 0.4 }, { status: 'in-time', errorMs: 0.4 })

  expect(screen.text()).toContain('agree on the beat to within two thousandths of a second')
})
