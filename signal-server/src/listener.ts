import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { certificateFor } from './certificate.ts'
import type { Config } from './config.ts'
import { createFrontDoor } from './front-door.ts'
import { lanAddresses } from './lan.ts'
import { statusLine } from './status-line.ts'

/** What the port hears. */
export interface Visits {
  readonly onRequest: RequestListener
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** A connection was cut off, by us. */
  readonly onCut: (why: Cut) => void
  /** `onUpgrade` threw; its connection is gone, all others stay. */
  readonly onFault: (error: unknown) => void
}

/** It sent its head too slowly, or none; took nothing of an answer; asked again before it was answered; or sent what is no HTTP. */
export type Cut = 'slow' | 'stalled' | 'hasty' | 'broken'

/** The one port of the server. */
export interface Listener {
  readonly port: number
  /** Takes no further connection and ends those that are between two requests. */
  stop(): void
  /** Resolves, after a `stop`, when the last connection has ended. */
  readonly closed: Promise<void>
  /** Ends every connection, whatever it is doing. */
  readonly cut: () => void
}

/** Slow or silent senders of headers are cut, so that they hold no sockets; it is looked for them this often at least. */
const CHECK_EVERY_MS = 5_000
/** A body is little more than its head here. */
const REQUEST_SHARE = 1.5

const BAD_REQUEST = 400
const TIMED_OUT = 408
/** @see https://nodejs.org/api/http.html#event-clienterror */
const ERROR_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: TIMED_OUT,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** A connection on which nothing moves for so long is cut: whoever reads no answer would hold it for ever. */
const STALLED_AFTER_MS = 20_000

/** @throws (rejects) when the port cannot be had, or DATA_DIR not be used for a certificate */
export async function listen(
  config: Pick<Config, 'port' | 'host' | 'https' | 'dataDir' | 'headersTimeoutMs'>,
  visits: Visits,
): Promise<Listener> {
  const { onCut } = visits
  const onCalm = onlyCalm(visits)
  const onUpgrade = guarded(visits)
  const timeouts = {
    headersTimeout: config.headersTimeoutMs,
    requestTimeout: config.headersTimeoutMs * REQUEST_SHARE,
    connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, config.headersTimeoutMs / 2),
  }
  const http = createHttpServer(timeouts, onCalm).on('upgrade', onUpgrade)
  const servers = [http]
  let door: Server = http
  if (config.https === 'self') {
    const certificate = await certificateFor(config.dataDir, lanAddresses())
    const https = createHttpsServer({ ...timeouts, ...certificate }, onCalm)
    servers.push(https.on('upgrade', onUpgrade))
    door = createFrontDoor(http, https)
  }
  for (const server of servers) {
    server.setTimeout(STALLED_AFTER_MS, (socket) => {
      onCut('stalled')
      socket.destroy()
    })
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      const status = ERROR_STATUS[error.code ?? ''] ?? BAD_REQUEST
      if (error.code !== 'ECONNRESET') onCut(status === TIMED_OUT ? 'slow' : 'broken')
      if (socket.writable) socket.write(statusLine(status))
      socket.destroy()
    })
  }
  const sockets = new Set<Socket>()
  door.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const port = await openPort(door, config)
  const closed = new Promise<void>((resolve) => door.once('close', resolve)).then(() => {
    // Behind a front door they never listened; this ends their checks for slow senders.
    for (const server of servers) server.close()
  })

  return {
    port,
    stop() {
      door.close()
      for (const server of servers) server.closeIdleConnections()
    },
    closed,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/**
 * Cuts a connection off that asks before it is answered, which no browser does: each answer that waits holds a file
 * open and some of our memory, and is not told when its connection ends.
 */
function onlyCalm({ onRequest, onCut }: Visits): RequestListener {
  const busy = new WeakSet<Socket>()
  return (request, response) => {
    const { socket } = request
    if (busy.has(socket)) {
      onCut('hasty')
      socket.destroy()
      return
    }
    busy.add(socket)
    response.once('close', () => busy.delete(socket))
    onRequest(request, response)
  }
}

/** What throws for one connection must not end the process, and with it everybody's. */
const guarded =
  ({ onUpgrade, onFault }: Visits): Visits['onUpgrade'] =>
  (request, socket, head) => {
    try {
      onUpgrade(request, socket, head)
    } catch (error) {
      socket.destroy()
      onFault(error)
    }
  }

/** Takes the port, and says which it is. @throws (rejects) when it cannot be had */
export function openPort(
  door: Server,
  { port, host }: Pick<Config, 'port' | 'host'>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    door.once('error', (cause) => {
      reject(new Error(`port ${String(port)} must be free to listen on`, { cause }))
    })
    door.listen({ port, ...(host === '' ? {} : { host }) }, () => {
      const address = door.address()
      if (address === null || typeof address === 'string') reject(new Error('no TCP address'))
      else resolve(address.port)
    })
  })
}
