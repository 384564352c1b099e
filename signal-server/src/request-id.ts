import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'

const HEADER = 'X-Request-Id'

/** Names every answer, so that what a visitor reports is found in the log. What the visitor names it says nothing. */
export const giveRequestId: RequestHandler = (_request, response, next) => {
  response.set(HEADER, randomUUID())
  next()
}

/** The name of an answer that `giveRequestId` saw. */
export const requestIdOf = (response: Response): string => response.get(HEADER) ?? ''
