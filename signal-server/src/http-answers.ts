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
  status: z.enum(['ready', 'draining', 'overloaded']),
})

/** What `GET /api/lan` answers this machine's own browser. */
export const lanSchema = z.strictObject({
  /** Where others in the same network find the page. */
  addresses: z.array(z.string()),
  https: z.boolean(),
})

export type HealthAnswer = z.infer<typeof healthSchema>
export type ReadyAnswer = z.infer<typeof readySchema>
export type LanAnswer = z.infer<typeof lanSchema>
