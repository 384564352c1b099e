import type { PeerId, Role, RosterEntry } from '@beatcord/shared'
import { expect, test, vi } from 'vitest'
import type { PeerSync } from '../jam/sync-state.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import type { LinkState } from '../net/mesh.ts'
import { deriveRoomKeys } from '../net/room-keys.ts'
import type { SignalState } from '../net/signal-client-types.ts'
import { createPeople } from './people.ts'
import { sealProfile } from './profile.ts'

const ANA = 'ana' as PeerId
const BO = 'bo' as PeerId

/** Ana's page, and bo in the room. */
async function roomWithBo() {
  const { profileKey } = await deriveRoomKeys({ name: 'attic' })
  const sealed = await sealProfile(profileKey, { name: 'bo', colour: 2 })
  const bo: RosterEntry = { peerId: BO, presence: 'here', role: 'player', sealed }
  const roster = createLive<ReadonlyMap<PeerId, RosterEntry>>(new Map([[BO, bo]]))
  const links = createLive<ReadonlyMap<PeerId, LinkState>>(new Map([[BO, { status: 'open' }]]))
  const sync = createLive<PeerSync>({ status: 'syncing' })
  const timers = createFakeTimers()
  const { people } = createPeople({
    signal: {
      self: createLive<PeerId | undefined>(ANA),
      role: createLive<Role>('player'),
      roster,
      state: createLive<SignalState>({ status: 'admitted' }),
    },
    mesh: { links },
    stats: () => undefined,
    syncOf: sync.read,
    timers,
    profileKey,
    onKeysChange: () => () => undefined,
    me: createLive({ name: 'ana', colour: 1 }),
    hears: () => undefined,
    onHearsChange: () => () => undefined,
  })
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(2)
  })
  return { people, roster, links, sync, timers, bo }
}

test('how far others agree is shown within half a second, and not of oneself', async () => {
  const { people, sync, timers } = await roomWithBo()
  expect(people.read()[1]?.sync).toEqual({ status: 'syncing' })

  sync.set({ status: 'in-time', errorMs: 0.6 })
  timers.advance(500)

  expect(people.read()[1]?.sync).toEqual({ status: 'in-time', errorMs: 0.6 })
  expect(people.read()[0]).not.toHaveProperty('sync')
})

test('an agreement that stays the same is not told anew', async () => {
  const { people, sync, timers } = await roomWithBo()
  sync.set({ status: 'in-time', errorMs: 0.6 })
  timers.advance(500)
  let told = 0
  people.subscribe(() => (told += 1))

  sync.set({ status: 'in-time', errorMs: 0.6 })
  timers.advance(5000)

  expect(told).toBe(0)
})

test('of whoever is away, not linked yet or no more nothing is said', async () => {
  const { people, roster, links, bo } = await roomWithBo()

  links.set(new Map([[BO, { status: 'connecting' }]]))
  expect(people.read()[1]).not.toHaveProperty('sync')

  links.set(new Map([[BO, { status: 'unreachable', retryAtMs: 0 }]]))
  expect(people.read()[1]).not.toHaveProperty('sync')

  links.set(new Map([[BO, { status: 'open' }]]))
  expect(people.read()[1]).toHaveProperty('sync')

  roster.set(new Map([[BO, { ...bo, presence: 'away' }]]))
  await vi.waitFor(() => {
    expect(people.read()[1]).not.toHaveProperty('sync')
  })
})
