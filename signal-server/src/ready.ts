import type { RequestHandler } from 'express'

/** Whether newcomers are welcome; who is inside is served in any case. */
export type Readiness = 'ready' | 'draining' | 'overloaded'

/** Answers 200 when newcomers are welcome, else 503. */
export const ready =
  (readiness: () => Readiness): RequestHandler =>
  (_request, response) => {
    const status = readiness()
    response
      .status(status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status })
  }
