import type { GoneReason, PeerId, Role, Rules, ServerMessage } from '@beatcord/shared'
import { watchIdle } from './idle.ts'
import { entryOf, heirOf, isHere, type Holding } from './holding.ts'
import { createKnocks } from './knocks.ts'
import { mergeRoom, stateOf } from './room-merge.ts'
import { createSeat, type Table } from './room-seat.ts'
import type { Comer, Guest, Occupant, Room, RoomSettings, Seat } from './room-types.ts'
import { FIRST_RULES, type PastStanding } from './standing.ts'
import type { Undo } from './clock.ts'

export function createRoom(settings: RoomSettings): Room {
  const { cap, goneAfterMs, inactivityTimeoutMs, clock, isHushed, onEmpty } = settings
  const holdings = new Map<PeerId, Holding>()
  const knocks = createKnocks(clock, inactivityTimeoutMs, (peerId) => {
    tellHosts({ type: 'knock-over', peerId })
  })
  let here = 0
  let iss = settings.serverId
  let bornMs = Math.floor(clock.wallMs())
  let rules = FIRST_RULES
  let epoch = nowSeconds()
  /** The newest epoch of a process before this one that somebody has brought back. */
  let pastEpoch = -1
  /** While somebody who was a host may still come back to a room that this process knows by certificates alone. */
  let endWaitForHost: Undo | undefined

  function nowSeconds(): number {
    return Math.floor(clock.wallMs() / 1000)
  }

  function countHere(change: number): void {
    settings.onHere(here, here + change)
    here += change
  }

  function tellOthers(peerId: PeerId | undefined, message: ServerMessage): void {
    settings.onTold?.(message)
    for (const [other, { occupant }] of holdings) {
      if (other !== peerId) occupant?.tell(message)
    }
  }

  function tellHosts(message: ServerMessage): void {
    for (const { role, occupant } of holdings.values()) if (role === 'host') occupant?.tell(message)
  }

  function release(holding: Holding): void {
    holding.idle?.end()
    holding.endAway?.()
  }

  function remove(peerId: PeerId, holding: Holding, reason: GoneReason): void {
    release(holding)
    if (isHere(holding)) countHere(-1)
    holdings.delete(peerId)
    if (!isHushed()) {
      tellOthers(peerId, { type: 'peer-gone', peerId, reason })
      settle()
    }
    endIfEmpty()
  }

  function endIfEmpty(): void {
    if (holdings.size > 0 || knocks.waiting().length > 0) return
    endWaitForHost?.()
    onEmpty()
  }

  const hasHost = (): boolean => [...holdings.values()].some(({ role }) => role === 'host')

  /** Sees to it that there is a host, or that a room without one stands open. */
  function settle(): void {
    if (hasHost() || endWaitForHost !== undefined) return
    const heir = heirOf(holdings)
    const holding = heir === undefined ? undefined : holdings.get(heir)
    if (heir !== undefined && holding !== undefined) appoint(heir, holding, 'host')
    else if (rules.door !== 'open') follow({ ...rules, door: 'open' })
  }

  function restand(appointed?: PeerId): void {
    epoch = Math.max(epoch + 1, nowSeconds())
    settings.onTold?.('restand')
    for (const [peerId, { occupant }] of holdings) occupant?.restand(peerId === appointed)
  }

  function appoint(peerId: PeerId, holding: Holding, role: Role): void {
    holding.role = role
    tellOthers(peerId, { type: 'peer-changed', peer: entryOf(peerId, holding) })
    restand(peerId)
    if (role !== 'host') return
    for (const guest of knocks.waiting()) holding.occupant?.tell(knockOf(guest))
  }

  function follow(next: Rules): void {
    rules = next
    tellOthers(undefined, { type: 'rules', rules })
    restand()
    if (rules.door === 'knock') return
    for (const { peerId } of knocks.waiting()) {
      const guest = knocks.take(peerId)
      if (rules.door === 'open') letIn(guest)
      else guest?.turnAway('locked')
    }
  }

  function letIn(guest: Guest | undefined): void {
    if (guest === undefined) return
    if (holdings.size >= cap) guest.turnAway('room-full')
    else guest.onSeated(seat(guest))
  }

  /** Takes over what a room was before this server began; whoever came meanwhile by older papers, or none, is a newcomer. */
  function restore(past: PastStanding): void {
    if (past.epoch <= pastEpoch) return
    pastEpoch = past.epoch
    rules = past.rules
    epoch = Math.max(epoch, past.epoch)
    tellOthers(undefined, { type: 'rules', rules })
    for (const [peerId, holding] of holdings) {
      const isOlder = (holding.cameByEpoch ?? -1) < past.epoch
      if (isOlder && holding.role !== rules.newcomers) appoint(peerId, holding, rules.newcomers)
    }
    restand()
    endWaitForHost?.()
    endWaitForHost = clock.after(goneAfterMs, () => {
      endWaitForHost = undefined
      settle()
      endIfEmpty()
    })
  }

  /** Whether what somebody was by a certificate still holds. */
  const holdsStill = (past: PastStanding): boolean =>
    past.iss === iss ? past.epoch === epoch : past.epoch >= pastEpoch

  function seat({ peerId, sealed, occupant, past }: Comer): Seat {
    const held = holdings.get(peerId)
    const holding: Holding = held ?? {
      role: past?.role ?? (hasHost() || endWaitForHost !== undefined ? rules.newcomers : 'host'),
      since: past?.since ?? nowSeconds(),
      cameByEpoch: past?.epoch,
      sealed,
      occupant: undefined,
      idle: undefined,
      endAway: undefined,
    }
    const old = holding.occupant
    holding.sealed = sealed
    occupy(peerId, holding, occupant)
    old?.end('replaced')
    holdings.set(peerId, holding)
    const type = held === undefined ? 'peer-joined' : 'peer-changed'
    tellOthers(peerId, { type, peer: entryOf(peerId, holding) })
    return createSeat(peerId, holding, occupant, table)
  }

  function occupy(peerId: PeerId, holding: Holding, occupant: Occupant): void {
    release(holding)
    if (!isHere(holding)) countHere(1)
    holding.occupant = occupant
    holding.idle = watchIdle(clock, inactivityTimeoutMs, () => {
      remove(peerId, holding, 'idle')
      occupant.end('idle')
    })
  }

  function vacate(peerId: PeerId, holding: Holding): void {
    release(holding)
    if (isHere(holding)) countHere(-1)
    leaveEmpty(peerId, holding)
    if (!isHushed()) tellOthers(peerId, { type: 'peer-changed', peer: entryOf(peerId, holding) })
  }

  /** A seat without anybody waits for a while. */
  function leaveEmpty(peerId: PeerId, holding: Holding): void {
    holding.occupant = undefined
    holding.endAway = clock.after(goneAfterMs, () => {
      remove(peerId, holding, 'timeout')
    })
  }

  const table: Table = {
    holdings,
    knocks,
    order: () => ({ rules, epoch, iss }),
    tellOthers,
    remove,
    vacate,
    appoint,
    follow,
    letIn,
  }

  return {
    join(comer) {
      const isHeld = holdings.has(comer.peerId)
      const past = comer.past !== undefined && holdsStill(comer.past) ? comer.past : undefined
      if (past !== undefined && past.iss !== iss) restore(past)
      if (!isHeld && holdings.size >= cap) return 'room-full'
      const mayEnter = isHeld || past !== undefined || rules.door === 'open'
      if (mayEnter || holdings.size === 0) return seat({ ...comer, past })
      return rules.door === 'knock' ? 'knock' : 'locked'
    },
    knock(guest) {
      const end = knocks.add(guest)
      if (end !== undefined) tellHosts(knockOf(guest))
      return end
    },
    holds: (peerId) => holdings.has(peerId),
    roleOf: (peerId) => holdings.get(peerId)?.role ?? 'no-seat',
    restand,
    state: () => stateOf(holdings, { rules, epoch, pastEpoch, iss, bornMs }),
    merge: (theirs, takerOf, isKnown) => {
      mergeRoom(theirs, takerOf, isKnown, {
        table,
        order: () => ({ rules, epoch, pastEpoch, iss, bornMs }),
        setOrder(order) {
          ;({ rules, epoch, pastEpoch, iss, bornMs } = order)
        },
        seatAt(peerId, holding, occupant) {
          holdings.set(peerId, holding)
          if (occupant !== undefined) occupy(peerId, holding, occupant)
          else if (!isHere(holding) && holding.endAway === undefined) leaveEmpty(peerId, holding)
        },
        tellAll(message) {
          tellOthers(undefined, message)
        },
        restand,
        settle,
      })
    },
    close() {
      endWaitForHost?.()
      for (const holding of holdings.values()) release(holding)
      holdings.clear()
      for (const { peerId } of knocks.waiting()) knocks.take(peerId)
      countHere(-here)
    },
  }
}

const knockOf = ({ peerId, sealed }: Guest): ServerMessage => ({ type: 'knock', peerId, sealed })
