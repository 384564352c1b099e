import type { RequestListener } from 'node:http'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import type { Config } from './config.ts'
import { withHealth } from './health.ts'
import { hostOf, isForLocalhost } from './hosts.ts'
import { keys } from './keys.ts'
import { lan } from './lan.ts'
import type { Log } from './log.ts'
import { metricsFor } from './metrics-door.ts'
import type { Metrics } from './metrics.ts'
import { page } from './page.ts'
import { ready, type Readiness } from './ready.ts'
import { giveRequestId, requestIdOf } from './request-id.ts'
import type { Counts } from './rooms.ts'
import type { SeatCertificates } from './seat-certificates.ts'
import { securityHeaders } from './security-headers.ts'

export interface HttpOptions {
  readonly config: Config
  readonly log: Log
  readonly counts: () => Counts
  readonly port: () => number
  readonly readiness: () => Readiness
  readonly metrics: Metrics
  readonly keys: SeatCertificates['keys']
  /** What rooms leave behind; undefined where they leave nothing. */
  readonly slots: RequestHandler | undefined
}

/** Everything the server answers over HTTP. */
export function createHttpApp({
  config,
  log,
  counts,
  port,
  readiness,
  metrics,
  keys: readKeys,
  slots,
}: HttpOptions): RequestListener {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(giveRequestId)
  app.get('/ready', ready(readiness))
  if (config.metricsToken !== '') app.get('/metrics', metricsFor(metrics, config.metricsToken))
  app.use(securityHeaders())
  if (config.https === 'self') app.use(redirectToHttps)
  app.get('/api/lan', lan(config, port))
  app.get('/api/keys', keys(readKeys))
  if (slots !== undefined) app.all('/api/rooms/:room/slot', slots)
  app.use(page(config.clientDir))
  app.use((_request, response) => {
    response.status(404).type('text').send('Nothing here\n')
  })
  app.use(answerError(log))
  return withHealth(counts, app)
}

const redirectToHttps: RequestHandler = (request, response, next) => {
  const host = hostOf(request)
  if (request.secure || host === undefined || isForLocalhost(request)) next()
  else response.redirect(308, `https://${host}${request.originalUrl}`)
}

// Express tells a handler of errors by its four parameters.
const answerError =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    log('error', 'request failed', {
      id: requestIdOf(response),
      detail: error instanceof Error ? error.name : 'unknown',
    })
    if (response.headersSent) next(error)
    else response.status(500).type('text').send('Something went wrong here\n')
  }
