import type { ClientMessage, Lack, PeerId, RoomId, SeatClaim, Verdict } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import type { Load } from './load.ts'
import type { Arrival, Occupant, Seat } from './room-types.ts'
import type { Rooms } from './rooms.ts'
import { RENEW_CERTIFICATE_MS, type SeatCertificates } from './seat-certificates.ts'
import { authKeyToRoomId, type Seats } from './seats.ts'
import { isSameStanding, type Standing } from './standing.ts'
import type { Visit } from './visitors.ts'
import type { Wire } from './wire.ts'

/** The way of one socket from its hello to its seat, and the papers of that. */
export interface Admission {
  /** @param hello the first good one */
  admit(hello: Hello): Promise<void>
  /** The socket is gone: so is its place, and its waiting. The seat is the caller's. */
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

export interface AdmissionOptions {
  readonly rooms: Rooms
  readonly seats: Seats
  readonly certificates: SeatCertificates
  readonly load: Load
  readonly clock: Clock
  readonly visit: Visit
  readonly wire: Wire
  readonly isOpen: () => boolean
  /** What takes its time fails like what does not. */
  readonly run: (task: Promise<void>) => void
  readonly onSeated: (sitting: Sitting) => void
  readonly turnAway: (why: Lack | Verdict) => void
}

export function createAdmission(options: AdmissionOptions): Admission {
  const { rooms, seats, certificates, load, clock, visit, wire, isOpen, run, turnAway } = options
  let arrival: Arrival | undefined
  let endKnock: Undo | undefined
  let endRenewal: Undo | undefined

  function knock(roomId: RoomId, peerId: PeerId, sealed: string): void {
    endKnock = rooms.knock(roomId, {
      peerId,
      sealed,
      turnAway,
      letIn(place) {
        run(sit(place, roomId, peerId, sealed))
      },
    })
    if (endKnock === undefined) turnAway('room-full')
    else wire.tell({ type: 'knocking' })
  }

  async function sit(
    place: Arrival,
    roomId: RoomId,
    peerId: PeerId,
    sealed: string,
  ): Promise<void> {
    arrival = place
    const [standing, claim] = await certify(roomId, peerId, place.standing)
    if (!isOpen()) return
    const occupant: Occupant = {
      tell: wire.tell,
      end: wire.close,
      outlet: wire,
      restand(isAppointed) {
        run(renew(seat, roomId, peerId, isAppointed))
      },
    }
    const seat = place.enter(sealed, occupant)
    options.onSeated({ seat, roomId, peerId, claim, standing })
    const renewLater = (): void => {
      endRenewal = clock.after(RENEW_CERTIFICATE_MS, renewLater)
      run(renew(seat, roomId, peerId, false))
    }
    endRenewal = clock.after(RENEW_CERTIFICATE_MS, renewLater)
  }

  /** Signs what somebody is, once more if that changed meanwhile. */
  async function certify(
    roomId: RoomId,
    peerId: PeerId,
    read: () => Standing,
  ): Promise<readonly [Standing, SeatClaim]> {
    for (;;) {
      const standing = read()
      const name = rooms.nameNow(roomId)
      const certificate = await certificates.issue(name, peerId, standing)
      if (isSameStanding(standing, read()) || !isOpen()) {
        return [standing, { ...seats.claimFor(name, peerId), certificate }]
      }
    }
  }

  async function renew(
    seat: Seat,
    roomId: RoomId,
    peerId: PeerId,
    isAppointed: boolean,
  ): Promise<void> {
    const [{ role }, claim] = await certify(roomId, peerId, seat.standing)
    wire.tell({ type: 'seat', seat: claim, role })
    if (isAppointed) seat.certified(claim.certificate ?? '')
  }

  return {
    async admit({ authKey, seat: claim, sealed }) {
      const roomId = authKeyToRoomId(authKey)
      const names = rooms.namesOf(roomId)
      const peerId = seats.peerIdFor(names, claim)
      const isHeld = rooms.holds(roomId, peerId)
      if (load.isOver() && !isHeld) {
        turnAway('busy')
        return
      }
      if (!visit.join()) {
        turnAway('address-full')
        return
      }
      // Who holds a seat is known; only somebody else has to show what they were.
      const shown = isHeld || claim?.peerId !== peerId ? undefined : claim.certificate
      const past = shown === undefined ? undefined : await certificates.read(shown, names, peerId)
      if (!isOpen()) return
      const place = rooms.arrive(roomId, peerId, past)
      if (typeof place === 'object') await sit(place, roomId, peerId, sealed)
      else if (place === 'knock') knock(roomId, peerId, sealed)
      else turnAway(place)
    },
    end() {
      endRenewal?.()
      endKnock?.()
      arrival?.cancel()
    },
  }
}
