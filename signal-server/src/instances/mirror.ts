import type { PeerId, RosterEntry, ServerMessage } from '@beatcord/shared'
import type { RoomOrder, RoomState, SeatState } from '../room-state.ts'
import type { Occupant } from '../room-types.ts'
import type { Standing } from '../standing.ts'
import type { PacketOf } from './packets.ts'

/** What an instance knows of a room whose home is elsewhere. */
export interface Mirror {
  readonly seats: ReadonlyMap<PeerId, SeatState>
  readonly order: () => RoomOrder
  readonly state: () => RoomState
  /** Takes in what is new. */
  readonly apply: (news: Pick<PacketOf<'news'>, 'order' | 'seats' | 'gone'>) => void
  /** What this one is; as a listener when nobody of that id is known. */
  readonly standingOf: (peerId: PeerId) => Standing
  readonly rosterWithout: (peerId: PeerId) => readonly RosterEntry[]
}

export function createMirror(state: RoomState): Mirror {
  const { seats: list, ...first } = state
  const seats = new Map(list.map((seat) => [seat.peerId, seat]))
  let order: RoomOrder = first
  return {
    seats,
    order: () => order,
    state: () => ({ ...order, seats: [...seats.values()] }),
    apply(news) {
      order = news.order ?? order
      for (const seat of news.seats) seats.set(seat.peerId, seat)
      for (const peerId of news.gone) seats.delete(peerId)
    },
    standingOf(peerId) {
      const { role = 'listener', since = 0 } = seats.get(peerId) ?? {}
      const { rules, epoch, iss } = order
      return { role, since, rules, epoch, iss }
    },
    rosterWithout: (peerId) =>
      [...seats.values()].filter((seat) => seat.peerId !== peerId).map(seatToEntry),
  }
}

export const seatToEntry = ({ peerId, isHere, role, sealed }: SeatState): RosterEntry => ({
  peerId,
  presence: isHere ? 'here' : 'away',
  role,
  sealed,
})

/** Tells people who sit here how a room that they knew differs from what it is. */
export function tellDifference(
  old: RoomState,
  now: RoomState,
  people: readonly { readonly peerId: PeerId; readonly occupant: Occupant }[],
): void {
  const before = new Map(old.seats.map((seat) => [seat.peerId, seat]))
  const after = new Map(now.seats.map((seat) => [seat.peerId, seat]))
  const isOther = old.iss !== now.iss || old.epoch !== now.epoch
  for (const { peerId, occupant } of people) {
    if (JSON.stringify(old.rules) !== JSON.stringify(now.rules)) {
      occupant.tell({ type: 'rules', rules: now.rules })
    }
    for (const seat of now.seats) {
      const message = difference(before.get(seat.peerId), seat)
      if (message !== undefined && seat.peerId !== peerId) occupant.tell(message)
    }
    for (const id of before.keys()) {
      if (after.has(id) || id === peerId) continue
      occupant.tell({ type: 'peer-gone', peerId: id, reason: 'timeout' })
    }
    const isAppointed = before.get(peerId)?.role !== after.get(peerId)?.role
    if (isOther || isAppointed) occupant.restand(isAppointed)
  }
}

function difference(old: SeatState | undefined, now: SeatState): ServerMessage | undefined {
  const peer = seatToEntry(now)
  if (old === undefined) return { type: 'peer-joined', peer }
  const isSame = JSON.stringify(seatToEntry(old)) === JSON.stringify(peer)
  return isSame ? undefined : { type: 'peer-changed', peer }
}
