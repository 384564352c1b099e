import type { GoneReason, PeerId, RosterEntry, ServerMessage } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { EMPTY_ROSTER, isSeated, nextGoneMs, rosterAfter, rosterEntries } from './roster.ts'
import type { RosterEvent } from './roster.ts'
import type { Timers } from './timers.ts'

/** Holds the roster over time: hears of events and lets go of those whose time is up. */
export interface RosterKeeper {
  readonly entries: Live<ReadonlyMap<PeerId, RosterEntry>>
  /** @param reason told of those who are gone by this event */
  hear(event: RosterEvent, reason?: GoneReason): void
  /** Whatever of the server's words is about who is here. */
  hearServer(message: ServerMessage): void
  /** Whether the server itself says that this peer is here. */
  isSeated(peer: PeerId): boolean
  close: Undo
}

export function createRosterKeeper(
  timers: Timers,
  onGone: (peer: PeerId, reason: GoneReason) => void,
): RosterKeeper {
  const entries = createLive<ReadonlyMap<PeerId, RosterEntry>>(new Map())
  let roster = EMPTY_ROSTER
  let undoTick: Undo | undefined
  let closed = false

  function hear(event: RosterEvent, reason: GoneReason = 'timeout'): void {
    if (closed) return
    const before = roster
    roster = rosterAfter(before, event, timers.now())
    undoTick?.()
    const atMs = nextGoneMs(roster)
    if (atMs !== undefined) {
      undoTick = timers.after(Math.max(0, atMs - timers.now()), () => {
        hear({ type: 'tick' })
      })
    }
    if (!sameMembers(before.members, roster.members)) entries.set(rosterEntries(roster))
    if (event.type === 'out') return
    for (const peerId of before.members.keys()) {
      if (!roster.members.has(peerId)) onGone(peerId, reason)
    }
  }

  function hearServer(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        hear({ type: 'welcome', roster: message.roster, serverId: message.serverId })
        break
      case 'peer-joined':
      case 'peer-changed':
        hear({ type: 'seen', entry: message.peer })
        break
      case 'peer-gone':
        hear({ ...message, type: 'gone' }, message.reason)
        break
      default:
    }
  }

  return {
    entries,
    hear,
    hearServer,
    isSeated: (peer) => isSeated(roster, peer),
    close() {
      closed = true
      undoTick?.()
    },
  }
}

function sameMembers(
  before: ReadonlyMap<PeerId, { readonly entry: RosterEntry }>,
  after: ReadonlyMap<PeerId, { readonly entry: RosterEntry }>,
): boolean {
  if (before.size !== after.size) return false
  return [...after].every(([peerId, { entry }]) => before.get(peerId)?.entry === entry)
}
