import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  bytesToBase32,
  isPeerId,
  isRoomId,
  type PeerId,
  type RoomId,
  type SeatClaim,
} from '@beatcord/shared'

/** Tells whose seat is whose, without remembering anything but the server's key. */
export interface Seats {
  /** The proof that makes a claim to the seat of `peerId` good in this room. */
  claimFor(roomId: RoomId, peerId: PeerId): SeatClaim
  /** The claimed peer id if its proof holds in one of these rooms; otherwise a new one of 128 random bits. */
  peerIdFor(roomIds: readonly RoomId[], claim: SeatClaim | undefined): PeerId
}

const PEER_ID_BYTES = 16
const POOL_BYTES = 256 * PEER_ID_BYTES

/** @param seatKey kept across restarts, so that people keep their seats */
export function createSeats(seatKey: string): Seats {
  const proofOf = (roomId: RoomId, peerId: PeerId): Buffer =>
    createHmac('sha256', seatKey).update(`${roomId}|${peerId}`).digest()

  let random = Buffer.alloc(0)

  /** Drawn many at a time: to ask the system for 16 bytes takes as long as for thousands. */
  function randomPeerId(): PeerId {
    if (random.length < PEER_ID_BYTES) random = randomBytes(POOL_BYTES)
    const peerId = bytesToBase32(random.subarray(0, PEER_ID_BYTES))
    random = random.subarray(PEER_ID_BYTES)
    if (!isPeerId(peerId)) throw new RangeError('a peer id must be 26 characters of base32')
    return peerId
  }

  function isProven(roomId: RoomId, claim: SeatClaim): boolean {
    const given = Buffer.from(claim.proof, 'base64url')
    const due = proofOf(roomId, claim.peerId)
    return given.length === due.length && timingSafeEqual(given, due)
  }

  return {
    claimFor: (roomId, peerId) => ({
      peerId,
      proof: proofOf(roomId, peerId).toString('base64url'),
    }),
    peerIdFor(roomIds, claim) {
      const holds = claim !== undefined && roomIds.some((roomId) => isProven(roomId, claim))
      return holds ? claim.peerId : randomPeerId()
    },
  }
}

/** base32 of SHA-256 over the 32 bytes of a room's authKey. @param authKey base64url */
export function authKeyToRoomId(authKey: string): RoomId {
  const digest = createHash('sha256').update(Buffer.from(authKey, 'base64url')).digest()
  const roomId = bytesToBase32(digest)
  if (!isRoomId(roomId)) throw new RangeError('a room id must be 52 characters of base32')
  return roomId
}
