import {
  closeCodeToLack,
  closeCodeToVerdict,
  decodeRetryAfter,
  PROTOCOL_VERSION,
} from '@beatcord/shared'
import type {
  ClientMessage,
  GoneReason,
  IceServer,
  Lack,
  PeerId,
  SeatClaim,
  ServerMessage,
  Verdict,
} from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createScope } from '../lib/scope.ts'
import type { Undo } from '../lib/scope.ts'
import type { WakeCause, Wakes } from './page-wake.ts'
import { retryWaitMs } from './retry-wait.ts'
import { createRosterKeeper } from './roster-keeper.ts'
import type { SeatStore } from './seat-store.ts'
import type { SignalClient, SignalState } from './signal-client-types.ts'
import { createSignalRelay } from './signal-relay.ts'
import { createSignalSender } from './signal-sender.ts'
import { openSignalSocket } from './signal-socket.ts'
import type { SignalSocket, WebSocketClass } from './signal-socket.ts'
import { verdictToState } from './signal-verdict.ts'
import { createSocketDoubt } from './socket-doubt.ts'
import type { Timers } from './timers.ts'

const ACTIVE_EVERY_MS = 5000
const DEFAULT_INACTIVITY_MS = 300_000

export interface SignalClientOptions {
  /** `ws:` or `wss:`. */
  readonly url: string
  /** base64url of 32 bytes: `RoomKeys.authKey`. */
  readonly authKey: string
  readonly sealed: string
  readonly seatStore: SeatStore
  readonly timers: Timers
  readonly wakes: Wakes
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly WebSocket: WebSocketClass
}

/** Begins to connect at once; `state` tells how it goes. */
export function createSignalClient(options: SignalClientOptions): SignalClient {
  const { timers, seatStore, wakes, random } = options
  const scope = createScope()
  const events = createEvents<{ signal: [PeerId, string]; gone: [PeerId, GoneReason] }>()
  const state = createLive<SignalState>({ status: 'connecting' })
  const self = createLive<PeerId | undefined>(undefined)
  const iceServers = createLive<readonly IceServer[]>([])
  const inactivityTimeoutMs = createLive(DEFAULT_INACTIVITY_MS)
  const relay = createSignalRelay(() => socket)
  const roster = createRosterKeeper(timers, (peer, reason) => {
    events.emit('gone', peer, reason)
  })
  const sender = createSignalSender(timers, () => seated)
  const doubt = createSocketDoubt(timers)
  const activeAtMs = new Map<'input' | 'playback', number>()
  let socket: SignalSocket | undefined
  let undoRetry: Undo | undefined
  let sealed = options.sealed
  /** What the server last heard of our profile. */
  let toldSealed = ''
  let seat: SeatClaim | undefined
  let attempt = 0
  let fullAt = 0
  /** The socket, once it was welcomed: while the seat moves to a fresh one we are admitted without. */
  let seated: SignalSocket | undefined
  let closed = false

  const hello = (): ClientMessage => {
    toldSealed = sealed
    return {
      type: 'hello',
      version: PROTOCOL_VERSION,
      authKey: options.authKey,
      ...(seat && { seat }),
      sealed,
    }
  }

  function connect(): void {
    if (closed) return
    undoRetry?.()
    socket?.close()
    unseat()
    const { url, WebSocket } = options
    socket = openSignalSocket({ url, hello, timers, WebSocket, onMessage, onRelay, onClosed })
  }

  function unseat(): void {
    seated = undefined
    relay.away()
  }

  async function sitDown(): Promise<void> {
    seat = await seatStore.claim()
    connect()
  }

  function onRelay(...frame: Parameters<typeof relay.onFrame>): void {
    doubt.proven()
    relay.onFrame(...frame)
  }

  function onMessage(message: ServerMessage): void {
    doubt.heard()
    switch (message.type) {
      case 'welcome':
        welcome(message)
        break
      case 'ice-servers':
        iceServers.set(message.iceServers)
        break
      case 'peer-joined':
      case 'peer-changed':
        roster.hear({ type: 'seen', entry: message.peer })
        break
      case 'peer-gone':
        roster.hear({ ...message, type: 'gone' }, message.reason)
        break
      case 'signal':
        doubt.proven()
        events.emit('signal', message.from, message.data)
        break
      case 'refused':
        if (message.roomCap !== undefined) fullAt = message.roomCap
        break
      case 'relayed':
    }
    // Last, so that whoever hears that there is a relay finds the roster filled.
    relay.hear(message)
  }

  function welcome(message: Extract<ServerMessage, { type: 'welcome' }>): void {
    attempt = 0
    seat = message.seat
    seatStore.keep(seat)
    iceServers.set(message.iceServers)
    inactivityTimeoutMs.set(message.inactivityTimeoutMs)
    self.set(seat.peerId)
    roster.hear({ type: 'welcome', roster: message.roster, serverId: message.serverId })
    seated = socket
    sender.sendKept()
    state.set({ status: 'admitted' })
    tellSealed()
  }

  function tellSealed(): void {
    if (sealed === toldSealed) return
    if (seated?.send({ type: 'profile', sealed }) === true) toldSealed = sealed
  }

  function onClosed(code: number, reason: string): void {
    socket = undefined
    unseat()
    const verdict = closeCodeToVerdict(code)
    if (verdict === undefined) retry(decodeRetryAfter(reason), closeCodeToLack(code))
    else obey(verdict)
  }

  function obey(verdict: Verdict): void {
    if (verdict === 'replaced') {
      seatStore.forget()
      seat = undefined
    }
    roster.hear({ type: 'out' })
    state.set(verdictToState(verdict, fullAt))
  }

  function retry(askedMs: number | undefined, lack: Lack | undefined): void {
    const waitMs = retryWaitMs({ attempt, isVisible: wakes.isVisible(), askedMs }, random())
    attempt += 1
    if (state.read().status === 'admitted') roster.hear({ type: 'server-away' })
    undoRetry = timers.after(waitMs, connect)
    state.set({ status: 'away', retryAtMs: timers.wallMs() + waitMs, ...(lack && { lack }) })
  }

  function onWake(cause: WakeCause): void {
    const { status } = state.read()
    // On another network the old socket may look open for minutes; the seat moves over without anyone noticing.
    if (status === 'away' || (status === 'admitted' && cause === 'online')) connect()
  }

  function close(): void {
    closed = true
    scope.close()
  }

  scope.own(wakes.onWake(onWake))
  scope.own(seatStore.close)
  scope.own(roster.close)
  scope.own(() => {
    undoRetry?.()
    socket?.close()
    socket = undefined
  })
  void sitDown()

  return {
    state,
    self,
    page: seatStore.nextPage(),
    iceServers,
    roster: roster.entries,
    inactivityTimeoutMs,
    ...relay.client,
    canSignal: (to) => seated !== undefined && roster.isSeated(to),
    sendSignal: (to, data) => (!seated || roster.isSeated(to)) && sender.send(to, data),
    onSignal: (listener) => events.on('signal', listener),
    onGone: (listener) => events.on('gone', listener),
    reportLink(peer, open) {
      roster.hear({ type: 'link', peerId: peer, open })
    },
    suspect() {
      if (seated !== undefined && doubt.isDue()) connect()
    },
    setSealed(next) {
      sealed = next
      tellSealed()
    },
    reportActive(by) {
      const everyMs = Math.min(ACTIVE_EVERY_MS, inactivityTimeoutMs.read() / 3)
      if (timers.now() - (activeAtMs.get(by) ?? -Infinity) < everyMs) return
      if (socket?.send({ type: 'active', by }) === true) activeAtMs.set(by, timers.now())
    },
    rejoin() {
      const { status } = state.read()
      if (closed || status === 'admitted' || status === 'connecting') return
      if (status !== 'away') state.set({ status: 'connecting' })
      connect()
    },
    leave() {
      socket?.send({ type: 'leave' })
      seatStore.forget()
      roster.hear({ type: 'out' })
      close()
    },
    close,
  }
}
