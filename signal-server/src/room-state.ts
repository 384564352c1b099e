import * as v from 'valibot'
import {
  isPeerId,
  isRoomId,
  MAX_SEATS_PER_ROOM,
  type PeerId,
  type RoomId,
  roleSchema,
  rulesSchema,
  sealedSchema,
  serverIdSchema,
} from '@beatcord/shared'

/** More than a room seats: two parts of one that come together again may be more than that. */
const MAX_SEATS = 4 * MAX_SEATS_PER_ROOM
/** So many names of one room are remembered; who comes by an older one finds an empty room. */
export const MAX_NAMES = 100

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(-1))

/** Names a server process among those that serve one address: 16 hexadecimal digits. */
export const instanceSchema = v.pipe(v.string(), v.regex(/^[\da-f]{16}$/))

export const peerIdSchema = v.custom<PeerId>(isPeerId)
export const roomIdSchema = v.custom<RoomId>(isRoomId)

export const seatStateSchema = v.strictObject({
  peerId: peerIdSchema,
  role: roleSchema,
  /** In seconds since 1970. */
  since: whole,
  /** The epoch of the certificate by which this one came. */
  cameByEpoch: v.exactOptional(whole),
  isHere: v.boolean(),
  sealed: sealedSchema,
  /** By which this one is served, or was. */
  instance: v.exactOptional(instanceSchema),
})

export const orderSchema = v.strictObject({
  rules: rulesSchema,
  epoch: whole,
  /** The newest epoch of a life before this one that somebody has brought back; -1 for none. */
  pastEpoch: whole,
  iss: serverIdSchema,
  /** When this life of the room began, in ms since 1970. */
  bornMs: whole,
})

export const roomStateSchema = v.strictObject({
  ...orderSchema.entries,
  seats: v.pipe(v.array(seatStateSchema), v.maxLength(MAX_SEATS)),
})

/** By what a room is known and was; the latest last. */
export const namesSchema = v.pipe(v.array(roomIdSchema), v.minLength(1), v.maxLength(MAX_NAMES))

/** A seat as it can be moved from one process to another. */
export type SeatState = Readonly<v.InferOutput<typeof seatStateSchema>>

/** How a room is kept, and since when. */
export type RoomOrder = Readonly<v.InferOutput<typeof orderSchema>>

/** All that is to be known of a room to go on with it elsewhere. */
export interface RoomState extends RoomOrder {
  readonly seats: readonly SeatState[]
}
