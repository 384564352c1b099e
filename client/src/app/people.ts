import type { PeerId, RosterEntry } from '@beatcord/shared'
import type { PeerSync } from '../jam/sync-state.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { LinkState, Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import type { SignalClient, SignalState } from '../net/signal-client-types.ts'
import { openProfile, type Profile } from './profile.ts'
import type { Notice } from './session-types.ts'
import type { CutOff, LinkStats, Person } from './states.ts'
import type { SealingKeys } from '../net/seal.ts'
import { START_WORDS } from '../words/start.ts'

/** Who is in the room, with names, and how their browsers reach ours. */
export interface People {
  /** Ourselves first, then the others by peer id, so that nobody jumps about. */
  readonly people: Live<readonly Person[]>
  onNotice(listener: (notice: Notice) => void): Undo
  /** One of the two pages broke off with the other for good. */
  cutOff(cut: CutOff): void
  close: Undo
}

export interface PeopleOptions {
  readonly signal: Pick<SignalClient, 'self' | 'role' | 'roster' | 'state'>
  readonly mesh: Pick<Mesh, 'links'>
  readonly stats: (peer: PeerId) => LinkStats | undefined
  readonly syncOf: (peer: PeerId) => PeerSync
  readonly timers: Pick<Timers, 'every'>
  readonly profileKey: SealingKeys
  /** The room has got others. */
  readonly onKeysChange: (listener: () => void) => Undo
  readonly me: Live<Profile>
  /** Whether someone's tab can be heard there, as they say themselves; undefined when they do not say. */
  readonly hears: (peer: PeerId) => boolean | undefined
  readonly onHearsChange: (listener: () => void) => Undo
}

/** How often round trips, losses and clocks are looked at anew; more often nobody reads them. */
const FIGURES_MS = 500
/** Whoever seals junk is shown all the same: nobody listens unseen. */
const UNREADABLE: Profile = { name: START_WORDS.someone, colour: 0 }

export function createPeople(options: PeopleOptions): People {
  const { signal, mesh, profileKey, me } = options
  const scope = createScope()
  const events = createEvents<{ notice: [Notice] }>()
  /** What was read out of each sealed profile; a key nobody else has makes reading dear and results lasting. */
  const profiles = new Map<string, Profile | undefined>()
  /** Those already greeted, by the profile they had. */
  const known = new Map<PeerId, Profile>()
  /** Those here before us, who are all that the roster holds before we are admitted, are no newcomers. */
  let admitted = false
  /** Those cut off, until they are linked again after all. */
  const cut = new Map<PeerId, 'cut-off' | 'cut-off-by-them'>()

  const read = (): readonly Person[] => [
    {
      id: signal.self.read() ?? 'me',
      ...me.read(),
      isMe: true,
      presence: 'here',
      role: signal.role.read(),
      link: 'self',
      hears: true,
    },
    ...[...signal.roster.read().values()]
      .sort((a, b) => (a.peerId < b.peerId ? -1 : 1))
      .filter(({ sealed }) => profiles.has(sealed))
      .map(toPerson),
  ]
  const toPerson = (entry: RosterEntry): Person => {
    const profile = profiles.get(entry.sealed) ?? UNREADABLE
    const { peerId: id, presence, role } = entry
    const state = mesh.links.read().get(id)
    if (state?.status === 'open' || state?.status === 'relayed') cut.delete(id)
    const link = cut.get(id) ?? toLink(state)
    const hears = options.hears(id) ?? true
    const stats = options.stats(id)
    const sync = presence === 'here' && LINKED.has(link) ? options.syncOf(id) : undefined
    const figures = { ...(stats && { stats }), ...(sync && { sync }) }
    return { id, ...profile, isMe: false, presence, role, link, hears, ...figures }
  }
  const people = createLive(read())
  const show = (): void => {
    const next = read()
    if (JSON.stringify(next) !== JSON.stringify(people.read())) people.set(next)
  }

  const greet = (asNews: boolean): void => {
    if (isSeatless(signal.state.read().status)) return
    const roster = signal.roster.read()
    for (const [peerId, { sealed }] of roster) {
      if (!profiles.has(sealed)) continue
      const profile = profiles.get(sealed) ?? UNREADABLE
      if (!known.has(peerId) && asNews) events.emit('notice', { kind: 'joined', ...profile })
      known.set(peerId, profile)
    }
    for (const [peerId, profile] of known) {
      if (roster.has(peerId)) continue
      known.delete(peerId)
      events.emit('notice', { kind: 'left', ...profile })
    }
  }
  const onRoster = async (roster: ReadonlyMap<PeerId, RosterEntry>): Promise<void> => {
    const asNews = admitted
    const unread = [...roster.values()].filter(({ sealed }) => !profiles.has(sealed))
    await Promise.all(
      unread.map(async ({ sealed }) => {
        profiles.set(sealed, await openProfile(profileKey, sealed))
      }),
    )
    greet(asNews)
    show()
  }
  const onState = ({ status }: SignalState): void => {
    if (status === 'admitted') admitted = true
    // We went, not they: whoever is there when we are back is no newcomer.
    if (isSeatless(status)) admitted = false
  }

  scope.own(signal.roster.subscribe((roster) => void onRoster(roster)))
  scope.own(
    options.onKeysChange(() => {
      for (const [sealed, profile] of profiles) if (profile === undefined) profiles.delete(sealed)
      void onRoster(signal.roster.read())
    }),
  )
  scope.own(signal.self.subscribe(show))
  scope.own(signal.role.subscribe(show))
  scope.own(signal.state.subscribe(onState))
  scope.own(mesh.links.subscribe(show))
  scope.own(me.subscribe(show))
  scope.own(options.onHearsChange(show))
  scope.own(options.timers.every(FIGURES_MS, show))
  void onRoster(signal.roster.read())
  onState(signal.state.read())
  return {
    people,
    onNotice: (listener) => events.on('notice', listener),
    cutOff({ peer, by, code }) {
      const sealed = signal.roster.read().get(peer)?.sealed
      const { name } = (sealed === undefined ? undefined : profiles.get(sealed)) ?? UNREADABLE
      cut.set(peer, by === 'us' ? 'cut-off' : 'cut-off-by-them')
      events.emit('notice', { kind: 'trouble', text: cutOffText(name, by, code) })
      show()
    },
    close: scope.close,
  }
}

const LINKED: ReadonlySet<Person['link']> = new Set(['direct', 'relayed', 'unsteady'])

const SEATLESS: ReadonlySet<SignalState['status']> = new Set([
  'full',
  'replaced',
  'idle',
  'outdated',
  'knocking',
  'locked',
  'not-let-in',
  'removed',
  'moved',
])
const isSeatless = (status: SignalState['status']): boolean => SEATLESS.has(status)

function toLink(state: LinkState | undefined): Person['link'] {
  if (state === undefined) return 'connecting'
  return state.status === 'open' ? 'direct' : state.status
}

const cutOffText = (name: string, by: CutOff['by'], code: string): string =>
  by === 'us' ? START_WORDS.cutOff({ name, code }) : START_WORDS.cutOffByThem({ name, code })
