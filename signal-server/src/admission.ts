import type { ClientMessage, Lack, PeerId, RoomId, SeatClaim, Verdict } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import type { Load } from './load.ts'
import type { Comer, Occupant, Seat } from './room-types.ts'
import type { Entry, Rooms } from './rooms.ts'
import { RENEW_CERTIFICATE_MS, type SeatCertificates } from './seat-certificates.ts'
import { authKeyToRoomId, type Seats } from './seats.ts'
import type { Standing } from './standing.ts'
import type { Visit } from './visitors.ts'
import type { Wire } from './wire.ts'

/** The way of one socket from its hello to its seat, and the papers of that. */
export interface Admission {
  /** @param hello the first good one */
  admit(hello: Hello): Promise<void>
  /** The socket is gone, and so is its waiting. The seat is the caller's. */
  readonly end: Undo
}

export type Hello = Extract<ClientMessage, { type: 'hello' }>

/** A seat that was just taken, and what its owner is to be told of it. */
export interface Sitting {
  readonly seat: Seat
  /** As it was entered; the room may have another name since. */
  readonly roomId: RoomId
  readonly peerId: PeerId
  readonly claim: SeatClaim
  readonly standing: Standing
}

type SignedClaim = SeatClaim & { readonly certificate: string }

export interface AdmissionOptions {
  /** What all connections share. */
  readonly hall: {
    readonly rooms: Rooms
    readonly seats: Seats
    readonly certificates: SeatCertificates
    readonly load: Load
    readonly clock: Clock
  }
  readonly visit: Visit
  readonly wire: Wire
  readonly isOpen: () => boolean
  readonly onSeated: (sitting: Sitting) => void
  readonly turnAway: (why: Lack | Verdict) => void
}

export function createAdmission(options: AdmissionOptions): Admission {
  const { hall, visit, wire, isOpen, turnAway } = options
  const { rooms, seats, certificates, load, clock } = hall
  let endKnock: Undo | undefined
  let endRenewal: Undo | undefined

  /** @returns what to wait for when the room is not here */
  function admit(roomId: RoomId, newcomer: Omit<Comer, 'occupant'>): Promise<void> | undefined {
    const { peerId } = newcomer
    let seat: Seat | undefined
    const onSeated = (taken: Seat): void => {
      // The socket may be gone meanwhile.
      if (!isOpen()) {
        taken.vacate()
        return
      }
      seat = taken
      const standing = taken.standing()
      options.onSeated({
        seat,
        roomId,
        peerId,
        claim: claimFor(roomId, peerId, standing),
        standing,
      })
      endRenewal = renewLater(() => {
        if (seat !== undefined) renew(roomId, peerId, seat)
      })
    }
    const occupant: Occupant = {
      tell: wire.tell,
      end: wire.close,
      outlet: wire,
      restand(isAppointed) {
        if (seat === undefined) return
        const certificate = renew(roomId, peerId, seat)
        if (isAppointed) seat.certified(certificate)
      },
    }
    const comer = { ...newcomer, occupant }
    const enter = (entry: Entry): void => {
      if (typeof entry === 'object') onSeated(entry)
      else if (entry !== 'knock') turnAway(entry)
      else {
        endKnock = rooms.knock(roomId, { ...comer, onSeated, turnAway })
        if (endKnock === undefined) turnAway('room-full')
        else if (isOpen()) wire.tell({ type: 'knocking' })
        else endKnock()
      }
    }
    const entry = rooms.join(roomId, comer)
    if (entry instanceof Promise) return entry.then(enter)
    enter(entry)
    return undefined
  }

  function claimFor(roomId: RoomId, peerId: PeerId, standing: Standing): SignedClaim {
    const name = rooms.nameNow(roomId)
    const certificate = certificates.issue(name, peerId, standing)
    return { ...seats.claimFor(name, peerId), certificate }
  }

  /** @returns the fresh certificate */
  function renew(roomId: RoomId, peerId: PeerId, seat: Seat): string {
    const standing = seat.standing()
    const claim = claimFor(roomId, peerId, standing)
    wire.tell({ type: 'seat', seat: claim, role: standing.role })
    return claim.certificate
  }

  function renewLater(run: () => void): Undo {
    const next = (): void => {
      end = clock.after(RENEW_CERTIFICATE_MS, next)
      run()
    }
    let end = clock.after(RENEW_CERTIFICATE_MS, next)
    return () => {
      end()
    }
  }

  return {
    async admit({ authKey, seat: claim, sealed }) {
      const roomId = authKeyToRoomId(authKey)
      const opening = rooms.open(roomId)
      if (opening !== undefined) await opening
      const names = rooms.namesOf(roomId)
      const peerId = seats.peerIdFor(names, claim)
      const isHeld = rooms.holds(roomId, peerId)
      // Who holds a seat is known; only somebody else has to show what they were.
      const shown = isHeld || claim?.peerId !== peerId ? undefined : claim.certificate
      const past = shown === undefined ? undefined : await certificates.read(shown, names, peerId)
      if (!isOpen()) return
      // After a restart everybody comes at once, and nobody of them is a newcomer.
      if (load.isOver() && !isHeld && past === undefined) turnAway('busy')
      else if (visit.join()) await admit(roomId, { peerId, sealed, past })
      else turnAway('address-full')
    },
    end() {
      endRenewal?.()
      endKnock?.()
    },
  }
}
