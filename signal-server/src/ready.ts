import type { RequestHandler } from 'express'
import type { ReadyAnswer } from './http-answers.ts'

/** Whether newcomers are welcome; who is inside is served in any case. */
export type Readiness = ReadyAnswer['status']

/** Answers 200 when newcomers are welcome, else 503. */
export const ready =
  (readiness: () => Readiness): RequestHandler =>
  (_request, response) => {
    const answer: ReadyAnswer = { status: readiness() }
    response
      .status(answer.status === 'ready' ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(answer)
  }
