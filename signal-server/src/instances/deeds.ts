import type { EdgePeople } from './edge-types.ts'
import type { Member, Waiting } from './member.ts'
import type { Deed } from './packets.ts'

/** Does to people at this instance what the home of their room says. */
export interface Deeds {
  readonly obey: (deed: Deed) => void
  /** In place of whoever has the same seat here. */
  readonly sitDown: (member: Member) => void
}

export function createDeeds(people: EdgePeople): Deeds {
  const { members, guests } = people
  const bySit = (sit: number): Member | undefined =>
    [...members.values()].find((member) => member.sit === sit)
  const guestBySit = (sit: number): Waiting | undefined =>
    [...guests.values()].find((waiting) => waiting.sit === sit)

  function obey(deed: Deed): void {
    switch (deed.type) {
      case 'tell':
        for (const sit of deed.sits) bySit(sit)?.occupant.tell(deed.message)
        return
      case 'restand':
        bySit(deed.sit)?.occupant.restand(deed.isAppointed)
        return
      case 'end':
        end(deed.sit, deed.verdict)
        return
      case 'let-in':
        letIn(deed.sit)
    }
  }

  function end(sit: number, verdict: Extract<Deed, { type: 'end' }>['verdict']): void {
    const waiting = guestBySit(sit)
    if (waiting !== undefined) {
      guests.delete(waiting.guest.peerId)
      waiting.guest.turnAway(verdict)
    }
    bySit(sit)?.occupant.end(verdict)
  }

  function letIn(sit: number): void {
    const waiting = guestBySit(sit)
    if (waiting === undefined) return
    const { guest, satMs } = waiting
    guests.delete(guest.peerId)
    const { peerId, occupant } = guest
    const member: Member = { peerId, sit, satMs, occupant, seat: undefined }
    sitDown(member)
    guest.onSeated(people.seatOf(member))
  }

  function sitDown(member: Member): void {
    members.get(member.peerId)?.occupant.end('replaced')
    people.seated(member)
  }

  return { obey, sitDown }
}
