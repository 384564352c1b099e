import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
} from 'node:crypto'
import type { KeysAnswer } from './http-answers.ts'

/** A key pair that certificates are signed with for one day. */
export interface SigningKey {
  /** The thumbprint of the public half. @see RFC 7638 */
  readonly id: string
  readonly secret: KeyObject
  /** As `GET /api/keys` shows it. */
  readonly jwk: KeysAnswer['keys'][number]
}

/** Keys that follow from the seat key and the day, so that nothing is kept but that, and all copies of a server agree. */
export interface SigningKeys {
  today(): SigningKey
  /** Yesterday's, today's and tomorrow's: what was signed just before midnight is still good after it. */
  all(): readonly SigningKey[]
}

/** Ed25519. @see RFC 8037 */
export const SIGNATURE = 'EdDSA'
const DAY_MS = 86_400_000
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. @see RFC 8410, section 7 */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @param wallMs milliseconds since 1970 */
export function createSigningKeys(seatKey: string, wallMs: () => number): SigningKeys {
  const made = new Map<number, SigningKey>()
  const dayNow = (): number => Math.floor(wallMs() / DAY_MS)

  function keyOf(day: number): SigningKey {
    const before = made.get(day)
    if (before !== undefined) return before
    for (const old of made.keys()) if (old < day - 2) made.delete(old)
    const seed = createHmac('sha256', seatKey).update(`seat certificates ${day}`).digest()
    const key = makeKey(seed)
    made.set(day, key)
    return key
  }

  return {
    today: () => keyOf(dayNow()),
    all: () => [-1, 0, 1].map((days) => keyOf(dayNow() + days)),
  }
}

/** @param seed 32 bytes */
function makeKey(seed: Buffer): SigningKey {
  const key = Buffer.concat([PKCS8_HEAD, seed])
  const secret = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  const id = createHash('sha256').update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
  const kid = id.digest('base64url')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, kid, alg: SIGNATURE, use: 'sig' } as const
  return { id: kid, secret, jwk }
}
