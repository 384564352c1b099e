import { sign } from 'node:crypto'
import { createLocalJWKSet, errors, jwtVerify } from 'jose'
import {
  CERTIFICATE_TYPE,
  parseSeatClaims,
  type PeerId,
  type RoomId,
  type SeatClaims,
} from '@beatcord/shared'
import type { KeysAnswer } from './http-answers.ts'
import { createSigningKeys, SIGNATURE } from './signing-keys.ts'
import type { Standing } from './standing.ts'

/** What the server signs of who sits where and what they may do: see `shared/src/seat-certificate.ts`. */
export interface SeatCertificates {
  issue(roomId: RoomId, peerId: PeerId, standing: Standing): string
  /**
   * What a certificate of ours says, of these rooms and this peer, or whoever it names; undefined when it is none, or
   * has run out.
   */
  read(
    certificate: string,
    roomIds: readonly RoomId[],
    peerId?: PeerId,
  ): Promise<SeatClaims | undefined>
  /** The public keys, as a JWK set. @see RFC 7517 */
  keys(): KeysAnswer
}

/** Long enough for a server that is away for a while; short enough that nobody comes back to yesterday's room as its host. */
const LIFE_SECONDS = 3600
/** A fresh one is told at half its life. */
export const RENEW_CERTIFICATE_MS = (LIFE_SECONDS * 1000) / 2

/** @param wallMs milliseconds since 1970 */
export function createSeatCertificates(seatKey: string, wallMs: () => number): SeatCertificates {
  const signing = createSigningKeys(seatKey, wallMs)

  const keys = (): KeysAnswer => ({ keys: signing.all().map(({ jwk }) => jwk) })

  let known:
    { readonly day: string; readonly set: ReturnType<typeof createLocalJWKSet> } | undefined

  /** Made once a day: to make ready a key takes as long as to check with it, and after a restart everybody comes. */
  function keySet(): ReturnType<typeof createLocalJWKSet> {
    const day = signing.today().id
    if (known?.day !== day) known = { day, set: createLocalJWKSet(keys()) }
    return known.set
  }

  return {
    issue(roomId, peerId, standing) {
      const { id, secret } = signing.today()
      const iat = Math.floor(wallMs() / 1000)
      const exp = iat + LIFE_SECONDS
      const claims = { ...standing, room: roomId, sub: peerId, iat, exp }
      const head = encode({ alg: SIGNATURE, typ: CERTIFICATE_TYPE, kid: id })
      const signed = `${head}.${encode(claims)}`
      // Not by jose, whose way to the same bytes takes three times the processor: every join pays for this line.
      return `${signed}.${sign(null, Buffer.from(signed), secret).toString('base64url')}`
    },
    async read(certificate, roomIds, peerId) {
      try {
        const { payload } = await jwtVerify(certificate, keySet(), {
          algorithms: [SIGNATURE],
          typ: CERTIFICATE_TYPE,
          ...(peerId && { subject: peerId }),
          currentDate: new Date(wallMs()),
        })
        const claims = parseSeatClaims(payload)
        return claims !== undefined && roomIds.includes(claims.room) ? claims : undefined
      } catch (error) {
        // Strangers show what they like: without a good one they are newcomers.
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    keys,
  }
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
