import { MAX_CERTIFICATE_CHARS, type Role, type RoomId } from '@beatcord/shared'
import type { Rooms } from '../rooms.ts'
import type { SeatCertificates } from '../seat-certificates.ts'

export type SlotAct = 'read' | 'write' | 'remove'

export interface SlotDoor {
  /** Whether whoever shows this may do that, as an HTTP status: 200, 401 or 403. */
  judge(authorization: string | undefined, roomId: RoomId, act: SlotAct): Promise<200 | 401 | 403>
}

const BEARER = /^Bearer ([\w.-]+)$/i
const MAY: Readonly<Record<SlotAct, readonly Role[]>> = {
  read: ['host', 'player', 'listener'],
  write: ['host', 'player'],
  remove: ['host', 'player'],
}

/**
 * Where somebody sits in the room, or may come back to their seat, the seat says what its owner may do: whoever was
 * removed has none. Of a room that nobody is in any more the certificate alone tells, for its hour.
 */
export function createSlotDoor(
  certificates: Pick<SeatCertificates, 'read'>,
  rooms: Pick<Rooms, 'namesOf' | 'nameNow' | 'roleOf'>,
): SlotDoor {
  return {
    async judge(authorization, roomId, act) {
      const certificate = BEARER.exec(authorization ?? '')?.[1]
      if (certificate === undefined || certificate.length > MAX_CERTIFICATE_CHARS) return 401
      const claims = await certificates.read(certificate, rooms.namesOf(roomId))
      if (claims === undefined) return 401
      const now = rooms.nameNow(roomId)
      if (claims.room !== now) return 403
      const role = rooms.roleOf(roomId, claims.sub) ?? claims.role
      if (role === 'no-seat') return 403
      // What a room left under a name it had before is there to be deleted.
      if (roomId !== now) return act === 'remove' && role === 'host' ? 200 : 403
      return MAY[act].includes(role) ? 200 : 403
    },
  }
}
