import type { PeerId, Role, RosterEntry, ServerMessage } from '@beatcord/shared'
import { entryOf, type Holding } from './holding.ts'
import { createSeat, type Table } from './room-seat.ts'
import type { RoomOrder, RoomState, SeatState } from './room-state.ts'
import type { Occupant, Taker } from './room-types.ts'

/** What merging needs of a room. */
export interface Mergeable {
  readonly table: Table
  readonly order: () => RoomOrder
  readonly setOrder: (order: RoomOrder) => void
  /** Puts a seat in the room, with somebody on it or as it is. */
  readonly seatAt: (peerId: PeerId, holding: Holding, occupant: Occupant | undefined) => void
  readonly tellAll: (message: ServerMessage) => void
  readonly restand: () => void
  readonly settle: () => void
}

/** How the two parts stand to each other. */
interface Judgement {
  readonly isSameLife: boolean
  /** Whether what they say counts where the two do not agree. */
  readonly areTheyRight: boolean
}

export const stateOf = (holdings: ReadonlyMap<PeerId, Holding>, order: RoomOrder): RoomState => ({
  ...order,
  seats: [...holdings].map(([peerId, { role, since, cameByEpoch, sealed, occupant }]) => ({
    peerId,
    role,
    since,
    sealed,
    isHere: occupant !== undefined,
    ...(cameByEpoch === undefined ? {} : { cameByEpoch }),
    ...(occupant?.instance === undefined ? {} : { instance: occupant.instance }),
  })),
})

/** As `Room.merge` says. */
export function mergeRoom(
  theirs: RoomState,
  takerOf: (seat: SeatState) => Taker | undefined,
  isKnown: boolean,
  room: Mergeable,
): void {
  const { holdings } = room.table
  const ours = room.order()
  const before = new Map([...holdings].map(([id, holding]) => [id, entryOf(id, holding)]))
  const isNew = holdings.size === 0
  const judgement = judge(isNew, ours, theirs)
  if (judgement.areTheyRight) room.setOrder(mergedOrder(isNew ? theirs : ours, theirs))
  const isNewcomer = demoter(theirs, judgement)
  for (const [peerId, holding] of holdings) {
    if (isNewcomer(peerId, holding)) holding.role = room.order().rules.newcomers
  }
  for (const seat of theirs.seats) {
    const held = holdings.get(seat.peerId)
    const holding = held ?? newHolding(seat)
    holding.role = roleOf(seat, held, ours, room.order(), judgement)
    take(seat, holding, takerOf(seat), room)
  }
  if (isKnown) return
  tell(ours, before, room)
  if (judgement.areTheyRight) room.restand()
  room.settle()
}

function take(
  { peerId, sealed }: SeatState,
  holding: Holding,
  taker: Taker | undefined,
  { seatAt, table }: Mergeable,
): void {
  const old = holding.occupant
  if (taker !== undefined) holding.sealed = sealed
  seatAt(peerId, holding, taker?.occupant)
  if (taker === undefined) return
  taker.onSeated(createSeat(peerId, holding, taker.occupant, table))
  if (old !== taker.occupant) old?.end('replaced')
}

/** Tells all of what differs from before. */
function tell(
  ours: RoomOrder,
  before: ReadonlyMap<PeerId, RosterEntry>,
  { table, order, tellAll }: Mergeable,
): void {
  const { rules } = order()
  if (!isEqual(ours.rules, rules)) tellAll({ type: 'rules', rules })
  for (const [peerId, holding] of table.holdings) {
    const peer = entryOf(peerId, holding)
    const old = before.get(peerId)
    if (old === undefined) table.tellOthers(peerId, { type: 'peer-joined', peer })
    else if (!isEqual(old, peer)) table.tellOthers(peerId, { type: 'peer-changed', peer })
  }
}

function judge(isEmpty: boolean, ours: RoomOrder, theirs: RoomOrder): Judgement {
  const isSameLife = isEmpty || ours.iss === theirs.iss
  const areTheyRight =
    isEmpty || (isSameLife ? theirs.epoch > ours.epoch : theirs.bornMs < ours.bornMs)
  return { isSameLife, areTheyRight }
}

const mergedOrder = (ours: RoomOrder, theirs: RoomOrder): RoomOrder => ({
  rules: theirs.rules,
  epoch: Math.max(ours.epoch, theirs.epoch),
  pastEpoch: Math.max(ours.pastEpoch, theirs.pastEpoch),
  iss: theirs.iss,
  bornMs: theirs.bornMs,
})

/** Who is ours, but unknown to the older life that counts: as if they had come to it only now. */
function demoter(
  theirs: RoomState,
  { isSameLife, areTheyRight }: Judgement,
): (peerId: PeerId, holding: Holding) => boolean {
  if (isSameLife || !areTheyRight) return () => false
  const known = new Set(theirs.seats.map(({ peerId }) => peerId))
  return (peerId, { cameByEpoch }) => !known.has(peerId) && cameByEpoch !== theirs.epoch
}

function roleOf(
  seat: SeatState,
  held: Holding | undefined,
  ours: RoomOrder,
  now: RoomOrder,
  { isSameLife, areTheyRight }: Judgement,
): Role {
  if (areTheyRight) return seat.role
  if (held !== undefined) return held.role
  if (isSameLife) return seat.role === 'host' ? now.rules.newcomers : seat.role
  return seat.cameByEpoch === ours.epoch ? seat.role : now.rules.newcomers
}

const newHolding = ({ role, since, cameByEpoch, sealed }: SeatState): Holding => ({
  role,
  since,
  cameByEpoch,
  sealed,
  occupant: undefined,
  idle: undefined,
  endAway: undefined,
})

const isEqual = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)
