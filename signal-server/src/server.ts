import { randomInt, randomUUID } from 'node:crypto'
import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { CLOSE_CODES, encodeRetryAfter, MAX_FRAME_BYTES } from '@beatcord/shared'
import { systemClock, type Clock } from './clock.ts'
import type { Config } from './config.ts'
import { serveConnection, type Hall } from './connection.ts'
import { isOriginAllowed } from './hosts.ts'
import { createHttpApp } from './http-app.ts'
import { listen } from './listener.ts'
import type { Log } from './log.ts'
import { createRooms } from './rooms.ts'
import { seatKeyFor } from './seat-key.ts'
import { createSeats } from './seats.ts'
import { createIceServers } from './turn.ts'

/** A running server. */
export interface SignalServer {
  readonly port: number
  /** Admits nobody any more, tells every peer to come back, and resolves within 10 s with all sockets closed. */
  readonly close: () => Promise<void>
}

const SOCKET_PATH = '/ws'
const GONE_AFTER_MS = 20_000
/** How long peers may take to answer the good-bye of a server that stops. */
const CLOSE_GRACE_MS = 5_000
/** Spreads the return of everybody over a moment. */
const RETRY_AFTER_MS = { min: 200, max: 2_000 }

/**
 * Serves the page and seats peers in rooms.
 *
 * @throws (rejects) ConfigError when DATA_DIR cannot be used; Error when the port is taken
 */
export async function createSignalServer(
  config: Config,
  log: Log,
  clock: Clock = systemClock,
): Promise<SignalServer> {
  const { roomCap, inactivityTimeoutMs, relayBytesPerSecond } = config
  const rooms = createRooms({
    cap: roomCap,
    goneAfterMs: GONE_AFTER_MS,
    inactivityTimeoutMs,
    clock,
  })
  const seats = createSeats(seatKeyFor(config))
  const serverId = randomUUID()
  const hall: Hall = {
    rooms,
    seats,
    clock,
    log,
    roomCap,
    iceServers: createIceServers(config.iceServers, config.turn, clock),
    inactivityTimeoutMs,
    relayBytesPerSecond,
    serverId,
  }
  const sockets = createSocketServer()
  let stopping = false

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const refusal = stopping ? 503 : refuseUpgrade(request, config.allowedOrigins)
    if (refusal !== undefined) {
      log('info', 'upgrade refused', { code: refusal })
      socket.end(statusLine(refusal))
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serveConnection(opened, hall)
    })
  }

  const app = createHttpApp(config, log, rooms.counts, () => listener.port)
  const listener = await listen(config, app, onUpgrade)

  return {
    port: listener.port,
    async close() {
      stopping = true
      listener.stop()
      // First: seats that are forgotten are not announced as gone.
      rooms.close()
      for (const socket of sockets.clients) {
        const retryAfterMs = randomInt(RETRY_AFTER_MS.min, RETRY_AFTER_MS.max)
        socket.close(CLOSE_CODES.restarting, encodeRetryAfter(retryAfterMs))
      }
      const endGrace = clock.after(CLOSE_GRACE_MS, listener.cut)
      await listener.closed
      endGrace()
    },
  }
}

const createSocketServer = (): WebSocketServer =>
  new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    // Costs a quarter of a megabyte a socket, and signals are small.
    perMessageDeflate: false,
    maxFragments: 64,
    maxBufferedChunks: 256,
  })

function refuseUpgrade(
  request: IncomingMessage,
  allowedOrigins: readonly string[],
): number | undefined {
  const [path] = (request.url ?? '').split('?')
  if (path !== SOCKET_PATH) return 404
  return isOriginAllowed(request, allowedOrigins) ? undefined : 403
}

function statusLine(status: number): string {
  const reason = STATUS_CODES[status] ?? 'Refused'
  return `HTTP/1.1 ${String(status)} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
}
