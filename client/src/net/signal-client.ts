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
import { createActiveReports } from './active-reports.ts'
import { createOwnStanding } from './own-standing.ts'
import type { WakeCause } from './page-wake.ts'
import { retryWaitMs } from './retry-wait.ts'
import { createRosterKeeper } from './roster-keeper.ts'
import type { SignalClient, SignalClientOptions, SignalState } from './signal-client-types.ts'
import { createSignalRelay } from './signal-relay.ts'
import { createSignalSender } from './signal-sender.ts'
import { openSignalSocket } from './signal-socket.ts'
import type { SignalSocket } from './signal-socket.ts'
import { verdictToState } from './signal-verdict.ts'
import { createSocketDoubt } from './socket-doubt.ts'

const DEFAULT_INACTIVITY_MS = 300_000

/** Begins to connect at once; `state` tells how it goes. */
export function createSignalClient(options: SignalClientOptions): SignalClient {
  const { timers, seatStore, wakes, random } = options
  const scope = createScope()
  const events = createEvents<{ signal: [PeerId, string]; gone: [PeerId, GoneReason] }>()
  const state = createLive<SignalState>({ status: 'connecting' })
  const self = createLive<PeerId | undefined>(undefined)
  const iceServers = createLive<readonly IceServer[]>([])
  const inactivityTimeoutMs = createLive(DEFAULT_INACTIVITY_MS)
  const standing = createOwnStanding()
  const relay = createSignalRelay(() => socket)
  const roster = createRosterKeeper(timers, (peer, reason) => {
    events.emit('gone', peer, reason)
  })
  const sender = createSignalSender(timers, () => seated)
  const doubt = createSocketDoubt(timers)
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
      authKey: options.authKey(),
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
    standing.hear(message)
    switch (message.type) {
      case 'welcome':
        welcome(message)
        break
      case 'knocking':
        attempt = 0
        state.set({ status: 'knocking' })
        break
      case 'seat':
        keepSeat(message.seat)
        break
      case 'ice-servers':
        iceServers.set(message.iceServers)
        break
      case 'signal':
        doubt.proven()
        events.emit('signal', message.from, message.data)
        break
      case 'refused':
        if (message.roomCap !== undefined) fullAt = message.roomCap
        break
      default:
        roster.hearServer(message)
    }
    // Last, so that whoever hears that there is a relay finds the roster filled.
    relay.hear(message)
  }

  function welcome(message: Extract<ServerMessage, { type: 'welcome' }>): void {
    attempt = 0
    keepSeat(message.seat)
    iceServers.set(message.iceServers)
    inactivityTimeoutMs.set(message.inactivityTimeoutMs)
    self.set(message.seat.peerId)
    roster.hearServer(message)
    seated = socket
    sender.sendKept()
    state.set({ status: 'admitted' })
    tellSealed()
  }

  function keepSeat(next: SeatClaim): void {
    seat = next
    seatStore.keep(next)
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
    standing.out()
    if (verdict === 'replaced' || verdict === 'removed') {
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
    ...standing.client,
    hearClaims(claims) {
      const { sub: peerId, role } = claims
      if (!standing.takes(claims)) return
      if (peerId !== self.read()) roster.hear({ type: 'certified', peerId, role })
      else if (seated === undefined) standing.hearClaims(claims)
    },
    ask: (word) => seated?.send(word) === true,
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
    reportActive: createActiveReports(
      timers,
      inactivityTimeoutMs.read,
      (by) => socket?.send({ type: 'active', by }) === true,
    ),
    rejoin() {
      const { status } = state.read()
      if (closed || status === 'admitted' || status === 'connecting' || status === 'knocking')
        return
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
