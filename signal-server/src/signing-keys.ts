import { createHmac, createPrivateKey, createPublicKey } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, importPKCS8, type CryptoKey } from 'jose'
import type { KeysAnswer } from './http-answers.ts'

/** A key pair that certificates are signed with for one day. */
export interface SigningKey {
  /** The thumbprint of the public half. @see RFC 7638 */
  readonly id: string
  readonly secret: CryptoKey
  /** As `GET /api/keys` shows it. */
  readonly jwk: KeysAnswer['keys'][number]
}

/** Keys that follow from the seat key and the day, so that nothing is kept but that, and all copies of a server agree. */
export interface SigningKeys {
  today(): Promise<SigningKey>
  /** Yesterday's, today's and tomorrow's: what was signed just before midnight is still good after it. */
  all(): Promise<readonly SigningKey[]>
}

export const SIGNATURE = 'EdDSA' as const
const DAY_MS = 86_400_000
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8. @see RFC 8410, section 7 */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @param wallMs milliseconds since 1970 */
export function createSigningKeys(seatKey: string, wallMs: () => number): SigningKeys {
  const made = new Map<number, Promise<SigningKey>>()
  const dayNow = (): number => Math.floor(wallMs() / DAY_MS)

  function keyOf(day: number): Promise<SigningKey> {
    const before = made.get(day)
    if (before !== undefined) return before
    for (const old of made.keys()) if (old < day - 2) made.delete(old)
    const key = makeKey(createHmac('sha256', seatKey).update(`seat certificates ${day}`).digest())
    made.set(day, key)
    return key
  }

  return {
    today: () => keyOf(dayNow()),
    all: () => Promise.all([-1, 0, 1].map((days) => keyOf(dayNow() + days))),
  }
}

/** @param seed 32 bytes */
async function makeKey(seed: Buffer): Promise<SigningKey> {
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8_HEAD, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const { x = '' } = await exportJWK(createPublicKey(secret))
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const
  const id = await calculateJwkThumbprint(jwk)
  const pem = secret.export({ format: 'pem', type: 'pkcs8' }).toString()
  return {
    id,
    secret: await importPKCS8(pem, SIGNATURE),
    jwk: { ...jwk, kid: id, alg: SIGNATURE, use: 'sig' },
  }
}
