import type { RequestHandler } from 'express'
import type { SeatCertificates } from './seat-certificates.ts'

/** Half a day: a key is shown a day before it is used. */
const FRESH_SECONDS = 43_200

/** The keys that seat certificates are signed with, for whoever wants to check one. */
export const keys =
  (read: SeatCertificates['keys']): RequestHandler =>
  (_request, response) => {
    response.set('Cache-Control', `public, max-age=${FRESH_SECONDS}`).json(read())
  }
