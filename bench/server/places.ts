/** How many share a room. */
export const ROOM_SIZE = 4

/** So many that a server's limits for one address need not be raised: 9,900 sockets are at most 248 of each. */
const ADDRESSES = 40
const KEY_BYTES = 32
/** What a process has open beside its sockets, and some to spare. */
const OTHER_FILES = 200

/** The address of this machine that one of a crowd comes from. @param place  from 0 */
export const addressOf = (place: number): string => `127.0.1.${1 + (place % ADDRESSES)}`

/** The key of a room: base64url of 32 bytes. @param room  from 0 */
export function keyOf(room: number): string {
  const bytes = Buffer.alloc(KEY_BYTES)
  bytes.writeUInt32BE(room)
  return bytes.toString('base64url')
}

/** Who of a crowd sends a signal, and to which of its room; all rooms are used in turn. */
export interface Way {
  readonly from: number
  readonly to: number
}

/** @param seq  which signal, from 0 @param members  at least one whole room */
export function wayOf(seq: number, members: number): Way {
  const rooms = Math.floor(members / ROOM_SIZE)
  const first = (seq % rooms) * ROOM_SIZE
  const sender = Math.floor(seq / rooms) % ROOM_SIZE
  return { from: first + sender, to: first + ((sender + 1) % ROOM_SIZE) }
}

/** How many of so many sockets fit the limit of open files, in whole rooms. @param wanted  sockets, a multiple of four */
export function socketsWithin(limit: number, wanted: number): number {
  const fitting = Math.max(ROOM_SIZE, Math.min(wanted, limit - OTHER_FILES))
  return fitting - (fitting % ROOM_SIZE)
}
