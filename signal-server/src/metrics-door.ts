import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { RequestHandler } from 'express'
import { openPort } from './listener.ts'
import type { Metrics } from './metrics.ts'

/** Answers with the metrics whoever knows the token. */
export function metricsFor(metrics: Metrics, token: string): RequestHandler {
  const due = digest(`Bearer ${token}`)
  return async ({ headers }, response) => {
    // Both are of one length then, and how far they are alike takes no time to tell.
    if (!timingSafeEqual(digest(headers.authorization ?? ''), due)) {
      response
        .status(401)
        .set('WWW-Authenticate', 'Bearer')
        .type('text')
        .send('A token is needed\n')
      return
    }
    const { type, text } = await metrics.read()
    response.set('Cache-Control', 'no-store').type(type).send(text)
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

export interface MetricsPort {
  readonly port: number
  readonly close: () => void
}

/**
 * Serves the metrics to everybody on a port of their own, which is to be reached from inside only.
 *
 * @throws (rejects) when the port is taken
 */
export async function openMetricsPort(
  metrics: Metrics,
  port: number,
  host: string,
): Promise<MetricsPort> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    void metrics.read().then(({ type, text }) => {
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text)
    })
  })
  return {
    port: await openPort(server, { port, host }),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
