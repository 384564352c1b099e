import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { RequestHandler } from 'express'
import sirv from 'sirv'

/** Vite names what it puts here after its content. */
const HASHED = '/assets/'
/** Addresses of the app that are no files. */
const SCREENS: readonly string[] = ['/jam', '/remix']

/** Serves the built page: hashed assets for ever, everything else asked anew; `.br` and `.gz` beside a file are used. */
export function page(clientDir: string): RequestHandler {
  if (!existsSync(join(clientDir, 'index.html'))) return notBuilt
  const serve = sirv(clientDir, {
    brotli: true,
    gzip: true,
    etag: true,
    extensions: ['html'],
    setHeaders(response, pathname) {
      const cache = pathname.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache'
      response.setHeader('Cache-Control', cache)
    },
  })
  return (request, response, next) => {
    if (SCREENS.includes(request.path)) request.url = '/'
    // sirv leaves a file open whose reader goes before its end.
    response.once('pipe', (file: Readable) => response.once('close', () => file.destroy()))
    serve(request, response, next)
  }
}

const notBuilt: RequestHandler = (request, response, next) => {
  if (request.path !== '/') next()
  else response.status(503).type('text').send('The page is not built yet: npm run build\n')
}
