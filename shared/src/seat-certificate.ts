import * as v from 'valibot'
import { isPeerId, isRoomId, type PeerId, type RoomId } from './ids.ts'
import { roleSchema, rulesSchema, serverIdSchema } from './signal.ts'

/** What the header of a certificate's JWS says of its kind. */
export const CERTIFICATE_TYPE = 'beatcord-seat'

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const claimsSchema = v.strictObject({
  sub: v.custom<PeerId>(isPeerId),
  room: v.custom<RoomId>(isRoomId),
  role: roleSchema,
  rules: rulesSchema,
  iss: serverIdSchema,
  epoch: seconds,
  since: seconds,
  iat: seconds,
  exp: seconds,
})

/**
 * What the server says of a seat, and signs, so that peers can hold each other to it, and a server that was started anew
 * knows it again. `sub` is the peer, `iss` the `serverId` of the welcome. `epoch` grows with every change of a role or the rules in its room: of one room
 * nothing holds that was signed for an earlier one. `since` is when the seat was taken; all times are in seconds since
 * 1970.
 */
export type SeatClaims = Readonly<v.InferOutput<typeof claimsSchema>>

/** Reads what was signed; undefined when it is none. The signature is the caller's to check. */
export function parseSeatClaims(value: unknown): SeatClaims | undefined {
  const result = v.safeParse(claimsSchema, value)
  return result.success ? result.output : undefined
}
