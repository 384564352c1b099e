import type { RequestHandler } from 'express'
import type { ReadyAnswer } from './http-answers.ts'

/** Whether newcomers are welcome; who is inside is served in any case. */
export type Readiness = ReadyAnswer['status']

/** Where other instances are out of reach, this one serves alone. */
const WELCOMING: ReadonlySet<Readiness> = new Set(['ready', 'degraded'])

/** Answers 200 when newcomers are welcome, else 503. */
export const ready =
  (readiness: () => Readiness): RequestHandler =>
  (_request, response) => {
    const answer: ReadyAnswer = { status: readiness() }
    response
      .status(WELCOMING.has(answer.status) ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(answer)
  }
