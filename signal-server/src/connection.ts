import type { RawData, WebSocket } from 'ws'
import {
  MAX_HELLO_BYTES,
  parseClientMessage,
  parseRelayFrame,
  PROTOCOL_VERSION,
  type ClientMessage,
  type Lack,
  type RefusalCode,
  type Verdict,
} from '@beatcord/shared'
import { createAdmission, type Hello, type Sitting } from './admission.ts'
import type { Undo } from './clock.ts'
import type { Hall } from './hall.ts'
import { createHeartbeat } from './heartbeat.ts'
import type { Log, LogFields } from './log.ts'
import { createTokenBucket, takeTokens } from './rate-limit.ts'
import { createRelay, type Relay } from './relay.ts'
import { createHostWords } from './host-words.ts'
import type { HostWord } from './obedience.ts'
import { reasonToReturn } from './send-away.ts'
import type { Visit } from './visitors.ts'
import { createWire, toBytes } from './wire.ts'

type Admitted = Exclude<ClientMessage, Hello>

type Seated = Pick<Sitting, 'seat' | 'roomId' | 'peerId'>

/** Serves one socket from its opening to its end: frames become calls on a room, and nothing a stranger sends throws. */
export function serveConnection(
  socket: WebSocket,
  hall: Hall,
  { visit, id }: { readonly visit: Visit; readonly id: string },
): void {
  const { clock, metrics, socketLimits: limits } = hall
  const log: Log = (level, event, fields?: LogFields) => {
    hall.log(level, event, { id, ...fields })
  }
  const wire = createWire(socket, clock, limits, onControl)
  const nowMs = clock.nowMs()
  const frames = createTokenBucket(limits.frameBurst, limits.framesPerSecond, nowMs)
  const bytes = createTokenBucket(limits.byteBurst, limits.bytesPerSecond, nowMs)
  const heartbeat = createHeartbeat(
    clock,
    limits.silenceMs,
    wire.ping,
    () => !socket.isPaused,
    wire.cut,
  )
  const endHelloWait = clock.after(limits.helloTimeoutMs, () => {
    wire.close('no-hello')
  })
  const isOpen = (): boolean => socket.readyState === socket.OPEN
  const admission = createAdmission({
    hall,
    visit,
    wire,
    isOpen,
    onSeated: welcome,
    turnAway,
  })
  let isGreeted = false
  let seated: Seated | undefined
  let hostWords: ReturnType<typeof createHostWords> | undefined
  let relay: Relay | undefined
  let endFreshIce: Undo | undefined
  let refusals = 0

  // First of all: a socket without it ends the process at the first broken frame.
  socket.on('error', (error) => {
    log('warn', 'socket broken', { code: 'code' in error ? String(error.code) : error.name })
  })
  socket.on('pong', heartbeat.heard)
  socket.on('ping', onControl)
  socket.on('message', onFrame)
  socket.once('close', (code) => {
    heartbeat.end()
    endHelloWait()
    endFreshIce?.()
    relay?.end()
    admission.end()
    seated?.seat.vacate()
    metrics.closed(code)
    log('info', 'socket closed', { code })
  })

  function onFrame(data: RawData, isBinary: boolean): void {
    if (!isOpen()) return
    heartbeat.heard()
    try {
      const relayed = isBinary && mayRelay() ? parseRelayFrame(toBytes(data)) : undefined
      if (!isGreeted && toBytes(data).length > MAX_HELLO_BYTES) wire.close('too-large')
      else if (relayed !== undefined) relayNow()?.take(relayed)
      else if (!mayServe(toBytes(data).length)) count('too-fast', 'slow down')
      else if (isBinary) count('bad-message', 'a frame must be text')
      else read(toBytes(data).toString())
    } catch (error) {
      fail(error)
    }
  }

  /** Of frames that `ws` answers by itself we only see that there are not too many. */
  function onControl(payload: Buffer): void {
    if (isOpen() && !mayServe(payload.length)) count('too-fast', 'slow down')
  }

  const mayServe = (length: number): boolean =>
    takeTokens(frames, clock.nowMs()) && takeTokens(bytes, clock.nowMs(), length)

  function read(text: string): void {
    const parsed = parseClientMessage(text)
    if (parsed.ok) handle(parsed.message)
    else if (parsed.code !== 'version') count(parsed.code, parsed.detail)
    else if (isGreeted) count('already-admitted', 'one hello is enough')
    else {
      refuse('version', parsed.detail)
      wire.close('version')
    }
  }

  function handle(message: ClientMessage): void {
    if (message.type === 'hello') {
      if (!isGreeted) admit(message)
      else count('already-admitted', 'one hello is enough')
    } else if (seated === undefined) count('not-admitted', 'say hello first')
    else serve(message, seated)
  }

  function admit(hello: Hello): void {
    isGreeted = true
    endHelloWait()
    admission.admit(hello).catch(fail)
  }

  function fail(error: unknown): void {
    // Our own mistake must not end everyone's jam: this socket goes, the others stay.
    log('error', 'handler failed', { detail: error instanceof Error ? error.name : 'unknown' })
    wire.cut()
  }

  function welcome(sitting: Sitting): void {
    const { seat: mine, roomId, peerId, claim, standing } = sitting
    seated = { seat: mine, roomId, peerId }
    metrics.admitted()
    log('info', 'peer admitted', { peer: peerId })
    wire.tell({
      type: 'welcome',
      version: PROTOCOL_VERSION,
      seat: claim,
      role: standing.role,
      rules: standing.rules,
      roster: mine.roster(),
      iceServers: hall.iceServers.forPeer(peerId),
      inactivityTimeoutMs: hall.inactivityTimeoutMs,
      relay: mayRelay(),
      serverId: standing.iss,
    })
    for (const { peerId: guest, sealed } of mine.knocks()) {
      wire.tell({ type: 'knock', peerId: guest, sealed })
    }
    endFreshIce = hall.iceServers.keepFresh(peerId, (iceServers) => {
      wire.tell({ type: 'ice-servers', iceServers })
    })
  }

  function turnAway(why: Lack | Verdict): void {
    if (why === 'room-full') refuse(why, 'every seat is taken', hall.roomCap)
    wire.close(why, why === 'busy' || why === 'address-full' ? reasonToReturn(why) : why)
  }

  const mayRelay = (): boolean => seated !== undefined && hall.relayBytesPerSecond > 0

  /** Made when it is first needed, as `wordsNow`: most never are. */
  function relayNow(): Relay | undefined {
    if (seated === undefined) return undefined
    const setReading = (reading: boolean): void => {
      if (reading) socket.resume()
      else socket.pause()
    }
    relay ??= createRelay({
      sender: seated.peerId,
      bytesPerSecond: hall.relayBytesPerSecond,
      clock,
      outletOf: seated.seat.outletOf,
      tell: wire.tell,
      setReading,
      onPassed: metrics.relayed,
    })
    return relay
  }

  const wordsNow = (sitting: Seated): ReturnType<typeof createHostWords> =>
    (hostWords ??= createHostWords(sitting, hall.rooms, clock))

  function serve(message: Admitted, sitting: Seated): void {
    const { seat: mine } = sitting
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
        return
      default:
        obey(message, sitting)
    }
  }

  function obey(word: HostWord, sitting: Seated): void {
    const outcome = wordsNow(sitting)(word)
    const answered = (code: RefusalCode | undefined): void => {
      answer(code, word.type)
    }
    if (outcome instanceof Promise) outcome.then(answered).catch(fail)
    else answered(outcome)
  }

  /** Only haste is counted: roles change and people go at any moment, and the honest learn of it too late. */
  const answer = (code: RefusalCode | undefined, word: string): void => {
    if (code === 'too-fast') count(code, 'slow down')
    else if (code !== undefined) refuse(code, word)
  }

  function count(code: RefusalCode, detail: string): void {
    refusals += 1
    refuse(code, detail)
    log('info', 'frame refused', { code })
    if (refusals >= limits.maxRefusals) wire.close(code === 'too-fast' ? 'too-fast' : 'refused')
  }

  function refuse(code: RefusalCode, detail: string, roomCap?: number): void {
    metrics.frameRefused(code)
    wire.tell({ type: 'refused', code, detail, ...(roomCap === undefined ? {} : { roomCap }) })
  }
}
