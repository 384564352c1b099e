import { createScope } from '../lib/scope.ts'
import type { Undo } from '../lib/scope.ts'
import type { ControlMessage } from './control-message.ts'
import { createLinkLanes } from './link-lanes.ts'
import type { Lane } from './mesh.ts'
import type { Meter } from './meter.ts'
import type { WireSignal } from './peer-signal.ts'
import { createPulse, HEARTBEAT_MS } from './pulse.ts'
import type { PulseVerdict } from './pulse.ts'
import type { Timers } from './timers.ts'
import type { CreateWire, WireEvents } from './wire.ts'

const CONNECT_WITHIN_MS = 8000
/** A path that is lost this long is looked for anew. */
const PATH_LOST_MS = 1500
const MAX_RESTARTS = 2
/** Frames that may come before all lanes are open here; the other end can be a moment earlier. */
const MAX_EARLY_FRAMES = 64

export type EndReason = 'timeout' | 'closed' | 'silent' | 'slow'

export interface AttemptOptions {
  readonly offers: boolean
  readonly createWire: CreateWire
  readonly timers: Timers
  readonly meter: Meter
  /** Whether a signal would reach the peer now. */
  readonly canSignal: () => boolean
  /** Whether the server can be reached: while it cannot, a silent connection is kept and hoped for. */
  readonly hasServer: () => boolean
  readonly onSignal: (signal: WireSignal) => void
  readonly onOpen: () => void
  readonly onSteady: (isSteady: boolean) => void
  /** Silent for so long that the peer may be gone, and back again. */
  readonly onHeard: (isHeard: boolean) => void
  readonly onBytes: (lane: Lane, bytes: Uint8Array, arrivedMs: number) => void
  readonly onControl: (message: ControlMessage) => void
  /** The peer broke a rule of the frames. */
  readonly onBroke: (code: string) => void
  /** Told once, and not after `close`. */
  readonly onEnded: (why: EndReason) => void
}

/** One try at a connection, from its first signal to its end; opens, beats, doubts and ends, but never tries again. */
export interface Attempt {
  readonly isOpen: () => boolean
  signal(signal: WireSignal): void
  send(lane: Lane, bytes: Uint8Array): boolean
  sendControl(message: ControlMessage): boolean
  isSteady(): boolean
  /** Asks whether the peer is there; ends the attempt when no answer comes within 2 s. */
  check(): void
  rttMs(): number | undefined
  connection(): RTCPeerConnection | undefined
  close: Undo
}

export function createAttempt(options: AttemptOptions): Attempt {
  const { timers } = options
  const scope = createScope()
  const pulse = createPulse(timers.now())
  let phase: 'connecting' | 'open' | 'ended' = 'connecting'
  let isSteady = true
  let isHeard = true
  let pathLostMs: number | undefined
  let restarts = 0
  let undoBeats: Undo | undefined
  const early: Parameters<WireEvents['onFrame']>[] = []

  const wire = options.createWire(options.offers, {
    onSignal: options.onSignal,
    onOpen: opened,
    onClosed: () => {
      end('closed')
    },
    onPath(isUp) {
      pathLostMs = isUp ? undefined : timers.now()
      if (!isUp) judge('unsteady')
    },
    onFrame,
    onDrained: () => {
      lanes.pump()
    },
  })
  const lanes = createLinkLanes({
    wire: () => wire,
    timers,
    meter: options.meter,
    onBytes: options.onBytes,
    onControl: options.onControl,
    onBroke: options.onBroke,
  })

  function end(why: EndReason): void {
    if (phase === 'ended') return
    close()
    options.onEnded(why)
  }

  function close(): void {
    phase = 'ended'
    scope.close()
  }

  function opened(): void {
    if (phase !== 'connecting') return
    phase = 'open'
    undoConnectTimeout()
    pulse.heard(timers.now())
    beginBeats()
    options.onOpen()
    lanes.ping()
    for (const frame of early.splice(0)) onFrame(...frame)
  }

  function beginBeats(): void {
    undoBeats?.()
    undoBeats = timers.every(HEARTBEAT_MS, beat)
  }

  function beat(): void {
    lanes.pump()
    judge(pulse.beat(timers.now()))
    if (phase === 'open') lanes.ping()
  }

  function judge(verdict: PulseVerdict): void {
    if (phase !== 'open') return
    if (verdict === 'dead' && options.hasServer()) {
      end('silent')
      return
    }
    if (verdict === 'dead') setHeard(false)
    const lostMs = pathLostMs === undefined ? 0 : timers.now() - pathLostMs
    if (verdict === 'unsteady' && pathLostMs === undefined) restartIce()
    else if (lostMs >= PATH_LOST_MS) restartIce()
    setSteady(verdict === 'steady' && pathLostMs === undefined)
  }

  function restartIce(): void {
    if (restarts >= MAX_RESTARTS || !options.canSignal()) return
    restarts += 1
    wire.restartIce()
  }

  function setSteady(next: boolean): void {
    if (next === isSteady) return
    isSteady = next
    if (next) restarts = 0
    options.onSteady(next)
  }

  function setHeard(next: boolean): void {
    if (next === isHeard) return
    isHeard = next
    options.onHeard(next)
  }

  function onFrame(...frame: Parameters<WireEvents['onFrame']>): void {
    if (phase === 'ended') return
    if (phase === 'connecting') {
      if (early.push(frame) > MAX_EARLY_FRAMES) end('closed')
      return
    }
    pulse.heard(frame[2])
    setHeard(true)
    lanes.receive(...frame)
  }

  const undoConnectTimeout = scope.own(
    timers.after(CONNECT_WITHIN_MS, () => {
      end('timeout')
    }),
  )
  scope.own(wire.close)
  scope.own(() => undoBeats?.())

  return {
    isOpen: () => phase === 'open',
    signal(signal) {
      if (phase !== 'ended') wire.signal(signal)
    },
    send(lane, bytes) {
      if (phase !== 'open') return false
      const outcome = lanes.send(lane, bytes)
      if (outcome === 'slow') end('slow')
      return outcome === 'sent'
    },
    sendControl: (message) => phase === 'open' && lanes.sendControl(message),
    isSteady: () => phase === 'open' && isSteady,
    check() {
      if (phase !== 'open') return
      pulse.ask(timers.now())
      beginBeats()
      lanes.ping()
    },
    rttMs: lanes.rttMs,
    connection: () => wire.connection,
    close,
  }
}
