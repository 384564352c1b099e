import type { IncomingMessage } from 'node:http'

const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i
const LOCAL_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** The host and port a request was sent to, if they are written as such; never further text. */
export function hostOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { host } = headers
  return host !== undefined && HOST.test(host) ? host : undefined
}

/** Whether the request names this machine as `localhost`. */
export const isForLocalhost = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers.host !== undefined && LOCAL_HOST.test(headers.host)

/** Whether the request comes from this machine. */
export const isFromLoopback = ({ socket }: Pick<IncomingMessage, 'socket'>): boolean =>
  LOOPBACK.test(socket.remoteAddress ?? '')

/**
 * Whether a page of this origin may open a socket here: pages of the host itself and of the listed origins may, and so
 * may tools, which name none.
 */
export function isOriginAllowed(
  request: Pick<IncomingMessage, 'headers'>,
  allowedOrigins: readonly string[],
): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || allowedOrigins.includes(origin)) return true
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase()
}
