import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'
import type { SeatState } from '../room-state.ts'
import type { Comer, Guest, Seat, Taker } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { BranchContext } from './branch-types.ts'
import type { Edge } from './edge-types.ts'
import type { Ghosts } from './ghosts.ts'
import type { Home } from './home-types.ts'
import { createMemberSeat } from './member-seat.ts'
import type { Member, Waiting } from './member.ts'

/** Those of one room whose sockets are at this instance. */
export interface People {
  readonly members: Map<PeerId, Member>
  /** Who waits outside. */
  readonly guests: Map<PeerId, Waiting>
  readonly createMember: (comer: Comer, sit?: number) => Member
  readonly seated: (member: Member) => void
  readonly seatFor: (member: Member) => Seat
  /** Whose that seat is. */
  readonly ownerOf: (seat: Seat) => Member | undefined
  /** While the home of the room is here. */
  readonly joinHere: (home: Home, comer: Comer) => Entry
  readonly knockHere: (home: Home, waiting: Waiting) => Undo | undefined
  /** Waits outside, wherever the home is. @param home  while it is here */
  readonly knock: (guest: Guest, home: Home | undefined) => Undo | undefined
  /** Who sits on a seat that the room had, as its home begins here. */
  readonly takerOf: (seat: SeatState, ghosts: Ghosts) => Taker | undefined
}

/** @param edge  while the home of the room is elsewhere */
export function createPeople(
  { directory, here, nextSit, isStopping }: BranchContext,
  edge: () => Edge | undefined,
): People {
  const members = new Map<PeerId, Member>()
  const guests = new Map<PeerId, Waiting>()
  const owners = new WeakMap<Seat, Member>()

  const createMember = (comer: Comer, sit = nextSit()): Member => ({
    peerId: comer.peerId,
    sit,
    satMs: directory.nowMs(),
    occupant: comer.occupant,
    seat: undefined,
  })

  function seated(member: Member): void {
    members.set(member.peerId, member)
    here.set(member.peerId, member)
  }

  function seatFor(member: Member): Seat {
    const seat = createMemberSeat(member, {
      isMine: (each) => members.get(each.peerId) === each,
      mirror: () => edge()?.mirror(),
      say(each, word) {
        edge()?.say(each, word)
      },
      pass: (to, message) => edge()?.pass(to, message) ?? false,
      outletOf: (to) => edge()?.outletOf(to),
      gone,
    })
    owners.set(seat, member)
    return seat
  }

  function gone(member: Member, how: 'vacate' | 'leave'): void {
    const isMine = members.get(member.peerId) === member
    if (isMine) members.delete(member.peerId)
    if (here.get(member.peerId) === member) here.delete(member.peerId)
    const isSentAway = how === 'vacate' && isStopping()
    if (member.seat !== undefined) {
      // Who is sent away comes back to another instance, which is told of them as if they were still here.
      if (!isSentAway) member.seat[how]()
    } else if (isMine) edge()?.say(member, { type: isSentAway ? 'sent-away' : how })
  }

  function joinHere(room: Home, comer: Comer): Entry {
    const entry = room.room.join(comer)
    if (typeof entry !== 'object') return entry
    const member = createMember(comer)
    member.seat = entry
    seated(member)
    return seatFor(member)
  }

  function knockHere(room: Home, waiting: Waiting): Undo | undefined {
    const { guest } = waiting
    waiting.endKnock = room.room.knock({
      ...guest,
      onSeated(seat) {
        guests.delete(guest.peerId)
        const member = createMember(guest, waiting.sit)
        member.seat = seat
        seated(member)
        guest.onSeated(seatFor(member))
      },
      turnAway(verdict) {
        guests.delete(guest.peerId)
        guest.turnAway(verdict)
      },
    })
    return waiting.endKnock
  }

  function knock(guest: Guest, home: Home | undefined): Undo | undefined {
    const { peerId } = guest
    const { sit, satMs } = edge()?.sitOf(peerId) ?? createMember(guest)
    const waiting: Waiting = { guest, sit, satMs, endKnock: undefined }
    guests.get(peerId)?.guest.turnAway('replaced')
    guests.set(peerId, waiting)
    if (home !== undefined && knockHere(home, waiting) === undefined) {
      guests.delete(peerId)
      return undefined
    }
    return () => {
      if (guests.get(peerId) === waiting) guests.delete(peerId)
      waiting.endKnock?.()
      edge()?.unknock(sit)
    }
  }

  function takerOf(seat: SeatState, ghosts: Ghosts): Taker | undefined {
    const member = members.get(seat.peerId)
    if (member !== undefined) {
      return {
        occupant: member.occupant,
        onSeated(taken) {
          member.seat = taken
        },
      }
    }
    // Whose socket was here is known to be gone.
    return seat.instance === directory.me ? undefined : ghosts.takerOf(seat, { seats: [] })
  }

  return {
    members,
    guests,
    knock,
    takerOf,
    createMember,
    seated,
    seatFor,
    ownerOf: (seat) => owners.get(seat),
    joinHere,
    knockHere,
  }
}
