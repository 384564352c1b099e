import * as z from 'zod/mini'

const count = z.int().check(z.nonnegative())

/** What `GET /health` answers. */
export const healthSchema = z.strictObject({
  status: z.literal('ok'),
  /** Seconds since the process started. */
  uptime: z.number().check(z.nonnegative()),
  /** How many people are here; the same as `peers`. */
  users: count,
  peers: count,
  /** In which someone is here. */
  rooms: count,
  version: z.string(),
})

/** What `GET /ready` answers: whether newcomers are welcome. */
export const readySchema = z.strictObject({
  status: z.enum(['ready', 'degraded', 'draining', 'overloaded']),
})

/** What `GET /api/lan` answers this machine's own browser. */
export const lanSchema = z.strictObject({
  /** Where others in the same network find the page. */
  addresses: z.array(z.string()),
  https: z.boolean(),
})

/** What `GET /api/keys` answers: a JWK set. @see RFC 7517, RFC 8037 */
export const keysSchema = z.strictObject({
  keys: z.array(
    z.strictObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      /** The public key, base64url. */
      x: z.string(),
      /** Names the key in the head of a certificate. */
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
})

export type HealthAnswer = z.infer<typeof healthSchema>
export type ReadyAnswer = z.infer<typeof readySchema>
export type LanAnswer = z.infer<typeof lanSchema>
export type KeysAnswer = z.infer<typeof keysSchema>
