import type { PeerId, ServerMessage } from '@beatcord/shared'
import type { RelayOutlet } from '../relay.ts'
import type { Seat } from '../room-types.ts'
import { FIRST_RULES, type Standing } from '../standing.ts'
import type { Member } from './member.ts'
import type { Mirror } from './mirror.ts'
import type { Word } from './packets.ts'

/** Of a room that has ended here. */
const NOTHING: Standing = { role: 'listener', since: 0, rules: FIRST_RULES, epoch: 0, iss: 'ended' }

/** What a seat needs of the branch it is in. */
export interface MemberTable {
  /** Whether this is still who sits there. */
  readonly isMine: (member: Member) => boolean
  /** While the home of the room is elsewhere. */
  readonly mirror: () => Mirror | undefined
  /** Tells the home. */
  readonly say: (member: Member, word: Word) => void
  /** Tells one at this or another instance. @returns false when nobody of that id is here */
  readonly pass: (to: PeerId, message: Extract<ServerMessage, { type: 'signal' }>) => boolean
  readonly outletOf: (to: PeerId) => RelayOutlet | undefined
  /** The socket is lost, or its owner has left. */
  readonly gone: (member: Member, how: 'vacate' | 'leave') => void
}

/** The seat of somebody at this instance, wherever the home of the room is, now and later. */
export function createMemberSeat(member: Member, table: MemberTable): Seat {
  const { peerId } = member
  const { isMine, mirror, say } = table
  const sayMine = (word: Word): undefined => {
    if (isMine(member)) say(member, word)
  }
  return {
    standing: () => member.seat?.standing() ?? mirror()?.standingOf(peerId) ?? NOTHING,
    roster: () => member.seat?.roster() ?? mirror()?.rosterWithout(peerId) ?? [],
    setSealed(sealed) {
      if (member.seat !== undefined) member.seat.setSealed(sealed)
      else sayMine({ type: 'profile', sealed })
    },
    active(by) {
      if (member.seat !== undefined) member.seat.active(by)
      else sayMine({ type: 'active', by })
    },
    signal(to, data) {
      if (member.seat !== undefined) return member.seat.signal(to, data)
      return (
        isMine(member) && to !== peerId && table.pass(to, { type: 'signal', from: peerId, data })
      )
    },
    outletOf(to) {
      if (member.seat !== undefined) return member.seat.outletOf(to)
      return isMine(member) && to !== peerId ? table.outletOf(to) : undefined
    },
    certified(certificate) {
      if (member.seat !== undefined) member.seat.certified(certificate)
      else sayMine({ type: 'certified', certificate })
    },
    // From another instance they are told as they come.
    knocks: () => member.seat?.knocks() ?? [],
    setRules: (rules) =>
      member.seat === undefined
        ? sayMine({ type: 'set-rules', rules })
        : member.seat.setRules(rules),
    setRole: (id, role) =>
      member.seat === undefined
        ? sayMine({ type: 'set-role', peerId: id, role })
        : member.seat.setRole(id, role),
    answerKnock: (id, letIn) =>
      member.seat === undefined
        ? sayMine({ type: 'answer-knock', peerId: id, letIn })
        : member.seat.answerKnock(id, letIn),
    remove: (id) =>
      member.seat === undefined ? sayMine({ type: 'remove', peerId: id }) : member.seat.remove(id),
    vacate() {
      table.gone(member, 'vacate')
    },
    leave() {
      table.gone(member, 'leave')
    },
  }
}
