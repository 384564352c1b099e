import type { PeerId, Role, RosterEntry } from '@beatcord/shared'
import { beforeAll, expect, test, vi } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import type { LinkState } from '../net/mesh.ts'
import type { SignalState } from '../net/signal-client-types.ts'
import { deriveRoomKeys } from '../net/room-keys.ts'
import { createPeople } from './people.ts'
import { type Profile, sealProfile } from './profile.ts'
import type { Notice } from './session-types.ts'
import type { LinkStats, Person } from './states.ts'

const ANA = 'ana' as PeerId
const BO = 'bo' as PeerId
const CY = 'cy' as PeerId

let key: CryptoKey
beforeAll(async () => {
  key = (await deriveRoomKeys({ name: 'attic' })).profileKey
})

const entry = async (peerId: PeerId, profile: Profile): Promise<RosterEntry> => ({
  peerId,
  presence: 'here',
  role: 'player',
  sealed: await sealProfile(key, profile),
})

function room() {
  const self = createLive<PeerId | undefined>(undefined)
  const state = createLive<SignalState>({ status: 'connecting' })
  const roster = createLive<ReadonlyMap<PeerId, RosterEntry>>(new Map())
  const links = createLive<ReadonlyMap<PeerId, LinkState>>(new Map())
  const me = createLive<Profile>({ name: 'ana', colour: 1 })
  const hearing = new Map<PeerId, boolean>()
  const stats = new Map<PeerId, LinkStats>()
  const timers = createFakeTimers()
  let tellHearing = (): void => undefined
  const { people, onNotice, cutOff, close } = createPeople({
    signal: { self, role: createLive<Role>('player'), roster, state },
    mesh: { links },
    stats: (peer) => stats.get(peer),
    syncOf: () => ({ status: 'syncing' }),
    timers,
    profileKey: key,
    onKeysChange: () => () => undefined,
    me,
    hears: (peer) => hearing.get(peer),
    onHearsChange: (listener) => {
      tellHearing = listener
      return () => undefined
    },
  })
  const notices: Notice[] = []
  onNotice((notice) => notices.push(notice))
  return {
    self,
    /** As the signal client does it: who we are, who is here, that we are in. */
    admit(entries: readonly RosterEntry[] = []) {
      self.set(ANA)
      roster.set(new Map(entries.map((other) => [other.peerId, other])))
      state.set({ status: 'admitted' })
    },
    roster,
    state,
    links,
    me,
    people,
    stats,
    timers,
    cutOff,
    notices,
    close,
    setHears(peer: PeerId, hears: boolean) {
      hearing.set(peer, hears)
      tellHearing()
    },
  }
}

test('alone one sees oneself, before the server answers too', () => {
  const { people, self } = room()
  expect(people.read()).toMatchObject([{ id: 'me', name: 'ana', isMe: true, link: 'self' }])

  self.set(ANA)

  expect(people.read()).toMatchObject([{ id: ANA, isMe: true }])
})

test('those who were there before are no newcomers, those who come are', async () => {
  const { admit, roster, people, notices } = room()
  const bo = await entry(BO, { name: 'bo', colour: 2 })
  admit([bo])
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(2)
  })
  expect(notices).toEqual([])

  roster.set(
    new Map([
      [BO, bo],
      [CY, await entry(CY, { name: 'cy', colour: 3 })],
    ]),
  )

  await vi.waitFor(() => {
    expect(notices).toEqual([{ kind: 'joined', name: 'cy', colour: 3 }])
  })
  expect(people.read().map(({ name }) => name)).toEqual(['ana', 'bo', 'cy'])
})

test('whoever is gone has left, with the name they had', async () => {
  const { admit, roster, people, notices } = room()
  admit([await entry(BO, { name: 'bo', colour: 2 })])
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(2)
  })

  roster.set(new Map())

  await vi.waitFor(() => {
    expect(notices.at(-1)).toEqual({ kind: 'left', name: 'bo', colour: 2 })
  })
  expect(people.read()).toHaveLength(1)
})

test('when our own seat is given up nobody has left, and coming back nobody has come', async () => {
  const { admit, roster, state, people, notices } = room()
  const bo = await entry(BO, { name: 'bo', colour: 2 })
  admit([bo])
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(2)
  })

  roster.set(new Map())
  state.set({ status: 'idle' })
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(1)
  })
  admit([bo, await entry(CY, { name: 'cy', colour: 3 })])
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(3)
  })

  expect(notices).toEqual([])
})

test('a link is told in the page’s words', async () => {
  const { self, roster, links, people } = room()
  self.set(ANA)
  roster.set(new Map([[BO, await entry(BO, { name: 'bo', colour: 2 })]]))
  await vi.waitFor(() => {
    expect(people.read()[1]?.link).toBe('connecting')
  })

  links.set(new Map([[BO, { status: 'open' }]]))
  expect(people.read()[1]?.link).toBe('direct')
  links.set(new Map([[BO, { status: 'unsteady' }]]))
  expect(people.read()[1]?.link).toBe('unsteady')
  links.set(new Map([[BO, { status: 'relayed' }]]))
  expect(people.read()[1]?.link).toBe('relayed')
})

test('round trip and loss are shown within a second of being known, and forgotten with the link', async () => {
  const { admit, stats, timers, people } = room()
  admit([await entry(BO, { name: 'bo', colour: 2 })])
  await vi.waitFor(() => {
    expect(people.read()).toHaveLength(2)
  })
  expect(people.read()[1]).not.toHaveProperty('stats')

  stats.set(BO, { route: 'turn', rttMs: 40, loss: 0.02 })
  timers.advance(1000)

  expect(people.read()[1]?.stats).toEqual({ route: 'turn', rttMs: 40, loss: 0.02 })
  stats.delete(BO)
  timers.advance(1000)
  expect(people.read()[1]).not.toHaveProperty('stats')
})

test('figures that stay the same are not told anew', async () => {
  const { admit, stats, timers, people } = room()
  admit([await entry(BO, { name: 'bo', colour: 2 })])
  stats.set(BO, { route: 'direct', rttMs: 40 })
  await vi.waitFor(() => {
    expect(people.read()[1]?.stats?.rttMs).toBe(40)
  })
  let told = 0
  people.subscribe(() => (told += 1))

  timers.advance(5000)

  expect(told).toBe(0)
})

test.each<['us' | 'them', Person['link'], RegExp]>([
  ['us', 'cut-off', /^bo's browser broke the rules of the jam \(too-fast\) and was disconnected/],
  ['them', 'cut-off-by-them', /^bo's browser disconnected this one.*\(too-fast\)/],
])(
  'a link cut off by %s is told in words, and shown until there is one again',
  async (by, link, words) => {
    const { admit, links, people, notices, cutOff } = room()
    admit([await entry(BO, { name: 'bo', colour: 2 })])
    links.set(new Map([[BO, { status: 'open' }]]))
    await vi.waitFor(() => {
      expect(people.read()[1]?.link).toBe('direct')
    })

    links.set(new Map())
    cutOff({ peer: BO, by, code: 'too-fast' })

    expect(people.read()[1]?.link).toBe(link)
    expect(notices).toEqual([{ kind: 'trouble', text: expect.stringMatching(words) as string }])
    links.set(new Map([[BO, { status: 'connecting' }]]))
    expect(people.read()[1]?.link).toBe(link)
    links.set(new Map([[BO, { status: 'open' }]]))
    expect(people.read()[1]?.link).toBe('direct')
  },
)

test('someone whose tab waits for a tap is shown so', async () => {
  const { self, roster, people, setHears } = room()
  self.set(ANA)
  roster.set(new Map([[BO, await entry(BO, { name: 'bo', colour: 2 })]]))
  await vi.waitFor(() => {
    expect(people.read()[1]?.hears).toBe(true)
  })

  setHears(BO, false)

  expect(people.read()[1]?.hears).toBe(false)
})

test('nobody listens unseen by sealing junk', async () => {
  const { self, roster, people } = room()
  self.set(ANA)

  roster.set(new Map([[BO, { peerId: BO, presence: 'here', role: 'player', sealed: 'junk' }]]))

  await vi.waitFor(() => {
    expect(people.read()[1]).toMatchObject({ id: BO, name: 'Someone' })
  })
})
