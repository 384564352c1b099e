import type { RawData, WebSocket } from 'ws'
import {
  BYTE_BURST,
  BYTES_PER_SECOND,
  FRAME_BURST,
  FRAMES_PER_SECOND,
  HELLO_TIMEOUT_MS,
  MAX_HELLO_BYTES,
  MAX_REFUSALS,
  parseClientMessage,
  parseRelayFrame,
  PROTOCOL_VERSION,
  type ClientMessage,
  type Lack,
  type PeerId,
  type RefusalCode,
} from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Load } from './load.ts'
import type { Log, LogFields } from './log.ts'
import type { Metrics } from './metrics.ts'
import { createTokenBucket } from './rate-limit.ts'
import { createRelay, type Relay } from './relay.ts'
import type { Seat } from './room.ts'
import type { Rooms } from './rooms.ts'
import { authKeyToRoomId, type Seats } from './seats.ts'
import { reasonToReturn } from './send-away.ts'
import type { IceServers } from './turn.ts'
import type { Visit } from './visitors.ts'
import { createWire } from './wire.ts'

/** What all connections of one server share. */
export interface Hall {
  readonly rooms: Rooms
  readonly seats: Seats
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly load: Load
  readonly roomCap: number
  readonly iceServers: IceServers
  readonly inactivityTimeoutMs: number
  /** How much each peer may send to others through the server; 0: nothing. */
  readonly relayBytesPerSecond: number
  readonly serverId: string
}

type Hello = Extract<ClientMessage, { type: 'hello' }>
type Admitted = Exclude<ClientMessage, Hello>

/** Serves one socket from its opening to its end: frames become calls on a room, and nothing a stranger sends throws. */
export function serveConnection(
  socket: WebSocket,
  hall: Hall,
  { visit, id }: { readonly visit: Visit; readonly id: string },
): void {
  const { clock, metrics } = hall
  const log: Log = (level, event, fields?: LogFields) => {
    hall.log(level, event, { id, ...fields })
  }
  const wire = createWire(socket, clock)
  const frames = createTokenBucket(FRAME_BURST, FRAMES_PER_SECOND, clock.nowMs())
  const bytes = createTokenBucket(BYTE_BURST, BYTES_PER_SECOND, clock.nowMs())
  const heartbeat = createHeartbeat(clock, wire.ping, () => !socket.isPaused, wire.cut)
  const endHelloWait = clock.after(HELLO_TIMEOUT_MS, () => {
    wire.close('no-hello')
  })
  let seat: Seat | undefined
  let relay: Relay | undefined
  let endFreshIce: Undo | undefined
  let refusals = 0

  // First of all: a socket without it ends the process at the first broken frame.
  socket.on('error', (error) => {
    log('warn', 'socket broken', { code: 'code' in error ? String(error.code) : error.name })
  })
  socket.on('pong', heartbeat.heard)
  socket.on('message', onFrame)
  socket.once('close', (code) => {
    heartbeat.end()
    endHelloWait()
    endFreshIce?.()
    relay?.end()
    seat?.vacate()
    metrics.closed(code)
    log('info', 'socket closed', { code })
  })

  function onFrame(data: RawData, isBinary: boolean): void {
    if (socket.readyState !== socket.OPEN) return
    heartbeat.heard()
    try {
      const relayed = isBinary && relay !== undefined ? parseRelayFrame(toBytes(data)) : undefined
      if (seat === undefined && toBytes(data).length > MAX_HELLO_BYTES) wire.close('too-large')
      else if (relayed !== undefined) relay?.take(relayed)
      else if (!mayServe(toBytes(data).length)) count('too-fast', 'slow down')
      else if (isBinary) count('bad-message', 'a frame must be text')
      else read(toBytes(data).toString())
    } catch (error) {
      // Our own mistake must not end everyone's jam: this socket goes, the others stay.
      log('error', 'handler failed', { detail: error instanceof Error ? error.name : 'unknown' })
      wire.cut()
    }
  }

  const mayServe = (length: number): boolean =>
    frames.take(clock.nowMs()) && bytes.take(clock.nowMs(), length)

  function read(text: string): void {
    const parsed = parseClientMessage(text)
    if (parsed.ok) handle(parsed.message)
    else if (parsed.code !== 'version') count(parsed.code, parsed.detail)
    else if (seat !== undefined) count('already-admitted', 'one hello is enough')
    else {
      refuse('version', parsed.detail)
      wire.close('version')
    }
  }

  function handle(message: ClientMessage): void {
    if (message.type === 'hello') {
      if (seat === undefined) admit(message)
      else count('already-admitted', 'one hello is enough')
    } else if (seat === undefined) count('not-admitted', 'say hello first')
    else serve(message, seat)
  }

  function admit({ authKey, seat: claim, sealed }: Hello): void {
    endHelloWait()
    const roomId = authKeyToRoomId(authKey)
    const peerId = hall.seats.peerIdFor(roomId, claim)
    if (hall.load.isOver() && !hall.rooms.holds(roomId, peerId)) {
      turnAway('busy')
      return
    }
    if (!visit.join()) {
      turnAway('address-full')
      return
    }
    seat = hall.rooms.join(roomId, peerId, sealed, {
      tell: wire.tell,
      end: wire.close,
      outlet: wire,
    })
    if (seat === undefined) {
      refuse('room-full', 'every seat is taken', hall.roomCap)
      wire.close('room-full')
      return
    }
    metrics.admitted()
    log('info', 'peer admitted', { peer: peerId })
    openRelay(peerId, seat)
    wire.tell({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      seat: hall.seats.claimFor(roomId, peerId),
      roster: seat.roster(),
      iceServers: hall.iceServers.forPeer(peerId),
      inactivityTimeoutMs: hall.inactivityTimeoutMs,
      relay: relay !== undefined,
      serverId: hall.serverId,
    })
    endFreshIce = hall.iceServers.keepFresh(peerId, (iceServers) => {
      wire.tell({ type: 'ice-servers', iceServers })
    })
  }

  const turnAway = (lack: Lack): void => {
    wire.close(lack, reasonToReturn(lack))
  }

  function openRelay(sender: PeerId, { outletOf }: Seat): void {
    const { relayBytesPerSecond: bytesPerSecond } = hall
    if (bytesPerSecond === 0) return
    const setReading = (reading: boolean): void => {
      if (reading) socket.resume()
      else socket.pause()
    }
    relay = createRelay({
      sender,
      bytesPerSecond,
      clock,
      outletOf,
      tell: wire.tell,
      setReading,
      onPassed: metrics.relayed,
    })
  }

  function serve(message: Admitted, mine: Seat): void {
    switch (message.type) {
      case 'profile':
        mine.setSealed(message.sealed)
        return
      case 'active':
        mine.active(message.by)
        return
      case 'signal':
        // Not counted: peers go at any moment, and the honest learn of it too late.
        if (mine.signal(message.to, message.data)) metrics.signalled()
        else refuse('no-such-peer', message.to)
        return
      case 'leave':
        mine.leave()
        wire.close('left')
    }
  }

  function count(code: RefusalCode, detail: string): void {
    refusals += 1
    refuse(code, detail)
    log('info', 'frame refused', { code })
    if (refusals >= MAX_REFUSALS) wire.close(code === 'too-fast' ? 'too-fast' : 'refused')
  }

  function refuse(code: RefusalCode, detail: string, roomCap?: number): void {
    metrics.frameRefused(code)
    wire.tell({ type: 'refused', code, detail, ...(roomCap === undefined ? {} : { roomCap }) })
  }
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}
