import type { RequestHandler } from 'express'
import helmet from 'helmet'
import { hostOf } from './hosts.ts'

/** Isolates the page (fine clocks need it) and lets it load nothing but its own. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Spelled out: Safari before 15.4 does not count WebSockets as 'self'.
        connectSrc: ["'self'", (request) => socketSources(hostOf(request))],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Vue sets the static parts of a template as HTML, style attributes included.
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    // The same host may also be served over plain http on a local network.
    strictTransportSecurity: false,
  })
}

const socketSources = (host: string | undefined): string =>
  host === undefined ? "'self'" : `ws://${host} wss://${host}`
