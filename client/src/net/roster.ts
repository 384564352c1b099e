import type { GoneReason, PeerId, Role, RosterEntry } from '@beatcord/shared'

/** How long someone whose last tie is cut keeps their place. */
export const AWAY_MS = 20_000

interface Member {
  readonly entry: RosterEntry
  readonly linked: boolean
  /** Whose word they are here by: the server's, or only their link's since the server lost count or sight of them. */
  readonly by: 'server' | 'link'
  /** When they are gone, unless something is heard of them; monotonic. */
  readonly goneAtMs?: number
}

/** Who sits in the room, as far as this tab knows. */
export interface Roster {
  readonly members: ReadonlyMap<PeerId, Member>
  readonly serverId?: string
}

export type RosterEvent =
  | {
      readonly type: 'welcome'
      readonly roster: readonly RosterEntry[]
      /** Another id is another server process, which does not know yet who sits here. */
      readonly serverId: string
    }
  /** The server is out of reach, which says nothing about anyone. */
  | { readonly type: 'server-away' }
  | { readonly type: 'seen'; readonly entry: RosterEntry }
  | { readonly type: 'gone'; readonly peerId: PeerId; readonly reason: GoneReason }
  /** A certificate that came by a link says what somebody is. */
  | { readonly type: 'certified'; readonly peerId: PeerId; readonly role: Role }
  | { readonly type: 'link'; readonly peerId: PeerId; readonly open: boolean }
  /** Time went by. */
  | { readonly type: 'tick' }
  /** Our own seat is given up. */
  | { readonly type: 'out' }

export const EMPTY_ROSTER: Roster = { members: new Map() }

/**
 * What we know after an event. A verdict of the server is obeyed at once; its death is none, and neither is its having
 * lost sight of someone: whoever has an open link stays, and whoever has none is away, then gone 20 s later.
 *
 * @param nowMs monotonic
 */
export function rosterAfter(roster: Roster, event: RosterEvent, nowMs: number): Roster {
  switch (event.type) {
    case 'welcome':
      return withoutGone(welcomed(roster, event.roster, event.serverId, nowMs), nowMs)
    case 'server-away':
      return withMembers(roster, (member) => cutFromServer(member, nowMs))
    case 'seen':
      return withMember(roster, event.entry.peerId, (old) => seen(event.entry, old))
    case 'gone':
      return withMember(roster, event.peerId, (old) => afterGone(old, event.reason, nowMs))
    case 'certified':
      return withMember(roster, event.peerId, (member) => member && certified(member, event.role))
    case 'link':
      return withMember(
        roster,
        event.peerId,
        (member) => member && linkChanged(member, event.open, nowMs),
      )
    case 'tick':
      return withoutGone(roster, nowMs)
    case 'out':
      return EMPTY_ROSTER
  }
}

/** @returns everyone, as the page shows them */
export const rosterEntries = (roster: Roster): ReadonlyMap<PeerId, RosterEntry> =>
  new Map([...roster.members].map(([peerId, member]) => [peerId, member.entry]))

/** @returns whether the server itself says that this peer is here, so that it can be reached through it */
export function isSeated({ members }: Roster, peer: PeerId): boolean {
  const member = members.get(peer)
  return member?.by === 'server' && member.entry.presence === 'here'
}

/** @returns when the next `tick` changes something; undefined when none will */
export function nextGoneMs(roster: Roster): number | undefined {
  const times = [...roster.members.values()].flatMap(({ goneAtMs }) => goneAtMs ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

function welcomed(
  roster: Roster,
  entries: readonly RosterEntry[],
  serverId: string,
  nowMs: number,
): Roster {
  const members = new Map<PeerId, Member>()
  // The same process that leaves someone out has seen them go; another one has only not seen them come yet.
  const isOther = serverId !== roster.serverId
  for (const [peerId, member] of roster.members) {
    if (isOther || member.linked) members.set(peerId, unconfirmed(member, nowMs))
  }
  for (const entry of entries) {
    members.set(entry.peerId, seen(entry, roster.members.get(entry.peerId)))
  }
  return { members, serverId }
}

const seen = (entry: RosterEntry, old: Member | undefined): Member => ({
  entry,
  linked: old?.linked ?? false,
  by: 'server',
})

/** A server that has come back gives those without a link as long to come back too. */
const unconfirmed = (member: Member, nowMs: number): Member =>
  member.linked
    ? cutFromServer(member, nowMs)
    : { ...member, by: 'link', goneAtMs: nowMs + AWAY_MS }

/** Whom the server only hears no more may still be there: their link says. One that goes through the server falls silent. */
const afterGone = (
  member: Member | undefined,
  reason: GoneReason,
  nowMs: number,
): Member | undefined =>
  reason === 'timeout' && member?.linked === true ? cutFromServer(member, nowMs) : undefined

/** The server's own word is newer than any certificate. */
const certified = (member: Member, role: Role): Member =>
  member.by === 'server' ? member : { ...member, entry: { ...member.entry, role } }

const cutFromServer = (member: Member, nowMs: number): Member =>
  linkChanged({ ...member, by: 'link' }, member.linked, nowMs)

function linkChanged(member: Member, open: boolean, nowMs: number): Member {
  if (member.by === 'server') return { ...member, linked: open }
  const { entry, by } = member
  const shown = { ...entry, presence: open ? ('here' as const) : ('away' as const) }
  if (open) return { entry: shown, by, linked: true }
  return { entry: shown, by, linked: false, goneAtMs: member.goneAtMs ?? nowMs + AWAY_MS }
}

function withMember(
  roster: Roster,
  peerId: PeerId,
  change: (member: Member | undefined) => Member | undefined,
): Roster {
  const members = new Map(roster.members)
  const member = change(members.get(peerId))
  if (member === undefined) members.delete(peerId)
  else members.set(peerId, member)
  return { ...roster, members }
}

const withMembers = (roster: Roster, change: (member: Member) => Member): Roster => ({
  ...roster,
  members: new Map([...roster.members].map(([peerId, member]) => [peerId, change(member)])),
})

const withoutGone = (roster: Roster, nowMs: number): Roster => ({
  ...roster,
  members: new Map(
    [...roster.members].filter(([, { goneAtMs }]) => goneAtMs === undefined || goneAtMs > nowMs),
  ),
})
