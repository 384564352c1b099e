import { bytesToBase32, isRoomId, type RoomId } from '@beatcord/shared'
import { decodeBase64url } from './base64url.ts'

/** What the server knows a room by: SIG7. @param authKey `RoomKeys.authKey` */
export async function roomIdOf(authKey: string): Promise<RoomId> {
  const bytes = decodeBase64url(authKey) ?? new Uint8Array(0)
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  const roomId = bytesToBase32(new Uint8Array(digest))
  if (!isRoomId(roomId)) throw new RangeError('a room id must be 52 characters of base32')
  return roomId
}
