import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { IncomingMessage } from 'node:http'
import { certificateFor } from './certificate.ts'
import type { Config } from './config.ts'
import { createFrontDoor } from './front-door.ts'
import { lanAddresses } from './lan.ts'

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

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

/** Slow or silent senders of headers are cut, so that they hold no sockets. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
}

/** A connection on which nothing moves for so long is cut: whoever reads no answer would hold it for ever. */
const STALLED_AFTER_MS = 20_000

/** @throws (rejects) when the port cannot be had, or DATA_DIR not be used for a certificate */
export async function listen(
  config: Pick<Config, 'port' | 'host' | 'https' | 'dataDir'>,
  onRequest: RequestListener,
  onUpgrade: UpgradeListener,
): Promise<Listener> {
  const onCalm = onlyCalm(onRequest)
  const http = createHttpServer(TIMEOUTS, onCalm).on('upgrade', onUpgrade)
  const servers = [http]
  let door: Server = http
  if (config.https === 'self') {
    const certificate = await certificateFor(config.dataDir, lanAddresses())
    const https = createHttpsServer({ ...TIMEOUTS, ...certificate }, onCalm)
    servers.push(https.on('upgrade', onUpgrade))
    door = createFrontDoor(http, https)
  }
  for (const server of servers) server.setTimeout(STALLED_AFTER_MS)
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
function onlyCalm(onRequest: RequestListener): RequestListener {
  const busy = new WeakSet<Socket>()
  return (request, response) => {
    const { socket } = request
    if (busy.has(socket)) {
      socket.destroy()
      return
    }
    busy.add(socket)
    response.once('close', () => busy.delete(socket))
    onRequest(request, response)
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
