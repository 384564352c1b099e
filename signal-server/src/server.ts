import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { memoryUsage } from 'node:process'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { CLOSE_CODES, MAX_FRAME_BYTES } from '@beatcord/shared'
import { visitorOf } from './addresses.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Config } from './config.ts'
import { serveConnection } from './connection.ts'
import type { Hall } from './hall.ts'
import { isOriginAllowed } from './hosts.ts'
import { createHttpApp } from './http-app.ts'
import type { Directory } from './instances/directory.ts'
import { openRedisDirectory } from './instances/redis-directory.ts'
import { createSharedRooms } from './instances/shared-rooms.ts'
import { listen } from './listener.ts'
import { createLoad } from './load.ts'
import type { Log } from './log.ts'
import { openMetricsPort } from './metrics-door.ts'
import { createMetrics } from './metrics.ts'
import type { Readiness } from './ready.ts'
import { createRooms } from './rooms.ts'
import { createSeatCertificates } from './seat-certificates.ts'
import { seatKeyFor } from './seat-key.ts'
import { createSeats } from './seats.ts'
import { drain, DRAIN_MS, sendAway } from './send-away.ts'
import { openSlots } from './slots/open-slots.ts'
import { statusLine } from './status-line.ts'
import { garbageCollector, keepTidy } from './tidy.ts'
import { createIceServers } from './turn.ts'
import { createVisitors } from './visitors.ts'

/** A running server. */
export interface SignalServer {
  readonly port: number
  /** Undefined where the metrics have no port of their own. */
  readonly metricsPort: number | undefined
  /** Admits nobody any more, tells every peer to come back, and resolves within 10 s with all sockets closed. */
  readonly close: () => Promise<void>
}

const SOCKET_PATH = '/ws'
const GONE_AFTER_MS = 20_000
/** How long peers may take to answer the good-bye of a server that stops. */
const CLOSE_GRACE_MS = 5_000
/** Sockets that are only told why they are not served, at once; what is more is refused by HTTP. */
const MAX_TURNED_AWAY = 100

/**
 * Serves the page and seats peers in rooms.
 *
 * @param directory what it shares with other instances; by default as `config` says
 * @throws (rejects) ConfigError when DATA_DIR cannot be used; Error when the port is taken
 */
export async function createSignalServer(
  config: Config,
  log: Log,
  clock: Clock = systemClock,
  directory?: Directory,
): Promise<SignalServer> {
  const { roomCap, inactivityTimeoutMs, relayBytesPerSecond, metricsPort } = config
  const kept = { cap: roomCap, goneAfterMs: GONE_AFTER_MS, inactivityTimeoutMs, clock }
  const shared = directory ?? (await openDirectory(config, clock, log))
  const rooms =
    shared === undefined
      ? createRooms({ ...kept, serverId: randomUUID() })
      : createSharedRooms({
          directory: shared,
          clock,
          log,
          settings: kept,
          onPacketDropped(why) {
            metrics.packetDropped(why)
          },
        })
  const isDegraded = (): boolean => shared?.isUp() === false
  const seatKey = seatKeyFor(config)
  const seats = createSeats(seatKey)
  const certificates = createSeatCertificates(seatKey, clock.wallMs)
  const limits = { lagMs: config.maxLagMs, memoryBytes: config.maxMemoryBytes }
  const load = createLoad(clock, limits, memoryUsage.rss)
  const visitors = createVisitors({
    waiting: config.maxWaitingPerAddress,
    joined: config.maxJoinedPerAddress,
  })
  const endTidy = keepTidy(clock, visitors.sockets, garbageCollector())
  const metrics = createMetrics(
    { counts: rooms.counts, sockets: visitors.sockets, isOverloaded: load.isOver, isDegraded },
    metricsPort !== undefined || config.metricsToken !== '',
  )
  const hall: Hall = {
    rooms,
    seats,
    certificates,
    clock,
    log,
    metrics,
    load,
    roomCap,
    socketLimits: config.socketLimits,
    iceServers: createIceServers(config.iceServers, config.turn, clock),
    inactivityTimeoutMs,
    relayBytesPerSecond,
  }
  const slots = openSlots({ config, log, clock, counts: metrics, certificates, rooms })
  const sockets = createSocketServer()
  let opened = 0
  let turnedAway = 0
  let stopping = false
  let hasWarned = false

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const isFull = stopping || visitors.sockets() >= config.maxSockets
    const refusal = isFull ? 503 : refuseUpgrade(request, config.allowedOrigins)
    if (refusal !== undefined) {
      refuse(socket, refusal)
      return
    }
    if (config.trustedHops === 0 && request.headers['x-forwarded-for'] !== undefined) warnOfProxy()
    const visit = visitors.enter(visitorOf(request, config.trustedHops))
    if (visit === undefined && turnedAway >= MAX_TURNED_AWAY) {
      refuse(socket, 503)
      return
    }
    if (visit === undefined) {
      sockets.handleUpgrade(request, socket, head, turnAway)
      return
    }
    socket.once('close', visit.leave)
    opened += 1
    const id = opened.toString(36)
    sockets.handleUpgrade(request, socket, head, (upgraded) => {
      serveConnection(upgraded, hall, { visit, id })
    })
  }

  function refuse(socket: Duplex, status: number): void {
    metrics.upgradeRefused(status)
    log('info', 'upgrade refused', { code: status })
    socket.end(statusLine(status))
  }

  /** Behind a proxy that is not believed all have one address, and share its places. */
  function warnOfProxy(): void {
    if (hasWarned) return
    hasWarned = true
    log('warn', 'a proxy seems to stand in front: set TRUSTED_HOPS', { variable: 'TRUSTED_HOPS' })
  }

  /** A browser only hears of a close code once its socket is open. */
  function turnAway(socket: WebSocket): void {
    socket.on('error', () => undefined)
    metrics.closed(CLOSE_CODES['address-full'])
    sendAway(socket, 'address-full')
    turnedAway += 1
    const endGrace = clock.after(CLOSE_GRACE_MS, () => {
      socket.terminate()
    })
    socket.once('close', () => {
      turnedAway -= 1
      endGrace()
    })
  }

  const readiness = (): Readiness => {
    if (stopping) return 'draining'
    if (load.isOver()) return 'overloaded'
    return isDegraded() ? 'degraded' : 'ready'
  }

  const port = (): number => listener.port
  const app = createHttpApp({
    config,
    log,
    counts: rooms.counts,
    port,
    readiness,
    metrics,
    keys: certificates.keys,
    slots: slots?.handler,
  })
  const listener = await listen(config, {
    onRequest: app,
    onUpgrade,
    onCut: metrics.connectionCut,
    onFault(error) {
      log('error', 'upgrade failed', { detail: error instanceof Error ? error.name : 'unknown' })
    },
  })
  const metricsServer =
    metricsPort === undefined ? undefined : await openMetricsPort(metrics, metricsPort, config.host)

  return {
    port: listener.port,
    metricsPort: metricsServer?.port,
    async close() {
      stopping = true
      rooms.hush()
      const endGrace = clock.after(DRAIN_MS + CLOSE_GRACE_MS, listener.cut)
      await drain(sockets.clients, clock)
      listener.stop()
      await rooms.close()
      load.end()
      endTidy()
      metricsServer?.close()
      await listener.closed
      await slots?.close()
      endGrace()
    },
  }
}

const openDirectory = async (
  { redisUrl }: Config,
  clock: Clock,
  log: Log,
): Promise<Directory | undefined> =>
  redisUrl === '' ? undefined : openRedisDirectory(redisUrl, clock, log)

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
