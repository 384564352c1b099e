import type { PeerId, Role, Rules, ServerMessage } from '@beatcord/shared'
import { entryOf, type Holding } from './holding.ts'
import type { Knocks } from './knocks.ts'
import type { Guest, Occupant, Seat } from './room-types.ts'
import type { Standing } from './standing.ts'

/** What one who sits can do to the room. */
export interface Table {
  readonly holdings: ReadonlyMap<PeerId, Holding>
  readonly knocks: Knocks
  readonly order: () => Pick<Standing, 'rules' | 'epoch' | 'iss'>
  readonly tellOthers: (peerId: PeerId, message: ServerMessage) => void
  readonly remove: (peerId: PeerId, holding: Holding, reason: 'left' | 'removed') => void
  readonly vacate: (peerId: PeerId, holding: Holding) => void
  readonly appoint: (peerId: PeerId, holding: Holding, role: Role) => void
  readonly follow: (rules: Rules) => void
  readonly letIn: (guest: Guest) => void
}

/** The seat as it is in the hands of the one who sits. */
export function createSeat(
  peerId: PeerId,
  holding: Holding,
  occupant: Occupant,
  table: Table,
): Seat {
  const { holdings, knocks, tellOthers } = table
  const isMine = (): boolean => holdings.get(peerId) === holding && holding.occupant === occupant
  const isHost = (): boolean => isMine() && holding.role === 'host'
  const receiverOf = (to: PeerId): Occupant | undefined =>
    isMine() && to !== peerId ? holdings.get(to)?.occupant : undefined
  const isLastHost = (target: Holding): boolean =>
    target.role === 'host' && [...holdings.values()].filter(isOfHost).length === 1
  return {
    standing: () => ({ ...table.order(), role: holding.role, since: holding.since }),
    roster: () =>
      [...holdings].filter(([id]) => id !== peerId).map(([id, other]) => entryOf(id, other)),
    setSealed(sealed) {
      if (!isMine()) return
      holding.sealed = sealed
      tellOthers(peerId, { type: 'peer-changed', peer: entryOf(peerId, holding) })
    },
    active(by) {
      if (isMine()) holding.idle?.active(by)
    },
    signal(to, data) {
      const receiver = receiverOf(to)
      if (receiver === undefined) return false
      receiver.tell({ type: 'signal', from: peerId, data })
      return true
    },
    outletOf: (to) => receiverOf(to)?.outlet,
    certified(certificate) {
      if (isMine()) tellOthers(peerId, { type: 'certificate', certificate })
    },
    knocks: () => (isHost() ? knocks.waiting() : []),
    setRules(next) {
      if (!isHost()) return 'not-host'
      const { rules } = table.order()
      if (next.door !== rules.door || next.newcomers !== rules.newcomers) table.follow(next)
      return undefined
    },
    setRole(to, role) {
      if (!isHost()) return 'not-host'
      const target = holdings.get(to)
      if (target === undefined) return 'no-such-peer'
      if (role !== 'host' && isLastHost(target)) return 'last-host'
      if (role !== target.role) table.appoint(to, target, role)
      return undefined
    },
    answerKnock(from, isWelcome) {
      if (!isHost()) return 'not-host'
      const guest = knocks.take(from)
      if (guest === undefined) return 'no-such-peer'
      if (isWelcome) table.letIn(guest)
      else guest.turnAway('not-let-in')
      return undefined
    },
    remove(from) {
      if (!isHost()) return 'not-host'
      const target = holdings.get(from)
      if (target === undefined || target === holding) return 'no-such-peer'
      table.remove(from, target, 'removed')
      target.occupant?.end('removed')
      return undefined
    },
    vacate() {
      if (isMine()) table.vacate(peerId, holding)
    },
    leave() {
      if (isMine()) table.remove(peerId, holding, 'left')
    },
  }
}

const isOfHost = ({ role }: Holding): boolean => role === 'host'
