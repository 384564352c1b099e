import {
  closeCodeToVerdict,
  decodeRetryAfter,
  MAX_SIGNAL_CHARS,
  PROTOCOL_VERSION,
} from '@beatcord/shared'
import type {
  ClientMessage,
  GoneReason,
  IceServer,
  PeerId,
  SeatClaim,
  ServerMessage,
  Verdict,
} from '@beatcord/shared'
import { backoffMs } from '../lib/backoff.ts'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createScope } from '../lib/scope.ts'
import type { Undo } from '../lib/scope.ts'
import type { WakeCause, Wakes } from './page-wake.ts'
import { createRosterKeeper } from './roster-keeper.ts'
import type { SeatStore } from './seat-store.ts'
import type { SignalClient, SignalState } from './signal-client-types.ts'
import { createSignalRelay } from './signal-relay.ts'
import { openSignalSocket } from './signal-socket.ts'
import type { SignalSocket, WebSocketClass } from './signal-socket.ts'
import { verdictToState } from './signal-verdict.ts'
import type { Timers } from './timers.ts'

/** The first try after a loss falls anywhere within it. */
const RETRY_BASE_MS = 1000
const RETRY_CAP_MS = 3000
/** For a page nobody looks at; shorter than the time after which the server gives a seat up. */
const HIDDEN_RETRY_CAP_MS = 10_000
const ACTIVE_EVERY_MS = 5000
/** A socket is doubted when the server was silent this long; twice as long after each doubt. */
const SUSPECT_AFTER_MS = 8000
const MAX_SUSPECT_AFTER_MS = 600_000
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
  const { timers, seatStore, random } = options
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
  const activeAtMs = new Map<'input' | 'playback', number>()
  let socket: SignalSocket | undefined
  let undoRetry: Undo | undefined
  let sealed = options.sealed
  /** What the server last heard of our profile. */
  let toldSealed = ''
  let seat: SeatClaim | undefined
  let attempt = 0
  let fullAt = 0
  let heardMs = -Infinity
  let suspectAfterMs = SUSPECT_AFTER_MS
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
    relay.away()
    const { url, WebSocket } = options
    const onRelay = relay.onFrame
    socket = openSignalSocket({ url, hello, timers, WebSocket, onMessage, onRelay, onClosed })
  }

  async function sitDown(): Promise<void> {
    seat = await seatStore.claim()
    connect()
  }

  function onMessage(message: ServerMessage): void {
    heardMs = timers.now()
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
    state.set({ status: 'admitted' })
    tellSealed()
  }

  function tellSealed(): void {
    if (sealed === toldSealed || state.read().status !== 'admitted') return
    if (socket?.send({ type: 'profile', sealed }) === true) toldSealed = sealed
  }

  function onClosed(code: number, reason: string): void {
    socket = undefined
    relay.away()
    const verdict = closeCodeToVerdict(code)
    if (verdict === undefined) retry(decodeRetryAfter(reason))
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

  function retry(askedMs: number | undefined): void {
    const capMs = options.wakes.isVisible() ? RETRY_CAP_MS : HIDDEN_RETRY_CAP_MS
    const ownMs = backoffMs(attempt, random(), RETRY_BASE_MS, capMs)
    const waitMs = askedMs === undefined ? ownMs : Math.min(askedMs, HIDDEN_RETRY_CAP_MS)
    attempt += 1
    if (state.read().status === 'admitted') roster.hear({ type: 'server-away' })
    undoRetry = timers.after(waitMs, connect)
    state.set({ status: 'away', retryAtMs: timers.wallMs() + waitMs })
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

  scope.own(options.wakes.onWake(onWake))
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
    canSignal: (to) => state.read().status === 'admitted' && roster.isSeated(to),
    sendSignal: (to, data) =>
      state.read().status === 'admitted' &&
      data.length <= MAX_SIGNAL_CHARS &&
      socket?.send({ type: 'signal', to, data }) === true,
    onSignal: (listener) => events.on('signal', listener),
    onGone: (listener) => events.on('gone', listener),
    reportLink(peer, open) {
      roster.hear({ type: 'link', peerId: peer, open })
    },
    suspect() {
      if (state.read().status !== 'admitted') return
      if (timers.now() - heardMs < suspectAfterMs) return
      suspectAfterMs = Math.min(2 * suspectAfterMs, MAX_SUSPECT_AFTER_MS)
      connect()
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
