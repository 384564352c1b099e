import { backoffMs } from '../lib/backoff.ts'
import type { Undo } from '../lib/scope.ts'
import type { EndReason } from './attempt.ts'
import { createAttemptHolder } from './attempt-holder.ts'
import type { Lane, LinkState } from './mesh.ts'
import { isSameAttempt } from './peer-signal.ts'
import type { AttemptId, PeerSignal, WireSignal } from './peer-signal.ts'
import type { Slots } from './slots.ts'
import type { Timers } from './timers.ts'
import type { CreateWire } from './wire.ts'

const RETRY_BASE_MS = 100
const RETRY_CAP_MS = 5000
/** The answering peer waits at most this long for an offer before it asks for one, the first time. */
const PLEASE_AFTER_MS = 500
const PLEASE_BASE_MS = 1000
/** A connection that held this long was a good one: the next failure is a first failure. */
const PROVEN_MS = 3000
/** One that opened at all shows that there is a way: its failures wait no longer than so many would. */
const MAX_BRIEF_FAILURES = 3
/** Younger attempts are not given up for a request that may have crossed their offer on the way. */
const CROSSING_MS = 1000
/** So many failures in a row make a peer unreachable in words; trying goes on. */
const UNREACHABLE_FAILURES = 2
/** Unanswered requests for an offer before the way through the server is doubted. */
const PATIENT_PLEASES = 3

export interface PeerLinkOptions {
  /** Exactly one of the two peers offers, makes attempts and retries; the other answers and nudges. */
  readonly offers: boolean
  /** Names this page among all the pages that had our peer id. */
  readonly page: string
  /** Grows over all links of the page, so that a link made anew is not taken for an old one. */
  readonly nextAttempt: () => number
  readonly createWire: CreateWire
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** Bounds the attempts that are not open yet. */
  readonly slots: Slots
  /** Whether a signal would reach the peer now. */
  readonly canSignal: () => boolean
  /** Whether the server can be reached at all. */
  readonly hasServer: () => boolean
  readonly sendSignal: (signal: PeerSignal) => void
  readonly onChange: (state: LinkState) => void
  /** A connection opened, or the open one ended: what was under way on it is lost. */
  readonly onOpen: (isOpen: boolean) => void
  /** Whether the peer is there, as far as this link can tell. */
  readonly onReachable: (isReachable: boolean) => void
  readonly onBytes: (lane: Lane, bytes: Uint8Array, arrivedMs: number) => void
  /** The peer broke a rule of the frames. */
  readonly onBroke: (code: string) => void
  /** The peer is said to be there and has not said a word for seconds. */
  readonly onUnanswered: () => void
}

/** The link to one peer for as long as both sit in the room: one attempt after the other, at most one at a time. */
export interface PeerLink {
  isOpen(): boolean
  send(lane: Lane, bytes: Uint8Array): boolean
  /** A signal from that peer. */
  signal(signal: PeerSignal): void
  /** The peer or the way to it has come back: tries now, or asks an open connection whether it still holds. */
  revive(): void
  /** Ends the connection and waits to be revived: the page is put away. */
  suspend(): void
  rttMs(): number | undefined
  /** The page at the other end of an open connection. */
  remotePage(): string | undefined
  connection(): RTCPeerConnection | undefined
  close: Undo
}

export function createPeerLink(options: PeerLinkOptions): PeerLink {
  const { offers, page, timers, random } = options
  const holder = createAttemptHolder({
    offers,
    createWire: options.createWire,
    timers,
    slots: options.slots,
    canSignal: options.canSignal,
    hasServer: options.hasServer,
    onSignal(attempt, signal) {
      options.sendSignal({ kind: 'wire', page, attempt, signal })
    },
    onOpen(isOpen) {
      if (isOpen) options.onChange({ status: 'open' })
      options.onReachable(isOpen)
      options.onOpen(isOpen)
    },
    onSteady(isSteady) {
      options.onChange({ status: isSteady ? 'open' : 'unsteady' })
    },
    onHeard: options.onReachable,
    onBytes: options.onBytes,
    onBroke: options.onBroke,
    onEnded,
  })
  let newest: AttemptId | undefined
  let failures = 0
  let undoRetry: Undo | undefined
  let closed = false

  function begin(id: AttemptId): void {
    undoRetry?.()
    newest = id
    holder.begin(id)
  }

  function onEnded(why: EndReason): void {
    const isUnanswered = why === 'timeout' && holder.read()?.remotePage === undefined
    giveUp()
    if (isUnanswered) options.onUnanswered()
  }

  function giveUp(): void {
    failures = failuresAfter(holder.read()?.openedMs)
    holder.drop()
    if (!closed) retryLater()
  }

  function failuresAfter(openedMs: number | undefined): number {
    if (openedMs === undefined) return failures + 1
    return timers.now() - openedMs >= PROVEN_MS ? 0 : Math.min(failures + 1, MAX_BRIEF_FAILURES)
  }

  function retryLater(): void {
    undoRetry?.()
    const waitMs = offers ? offerAfterMs() : pleaseAfterMs()
    undoRetry = timers.after(waitMs, tryNow)
    const isHopeless = failures >= UNREACHABLE_FAILURES
    const retryAtMs = timers.wallMs() + waitMs
    options.onChange(isHopeless ? { status: 'unreachable', retryAtMs } : { status: 'connecting' })
  }

  const offerAfterMs = (): number =>
    backoffMs(Math.max(0, failures - 1), random(), RETRY_BASE_MS, RETRY_CAP_MS)

  const pleaseAfterMs = (): number =>
    failures === 0
      ? (PLEASE_AFTER_MS * (1 + random())) / 2
      : backoffMs(failures, random(), PLEASE_BASE_MS, RETRY_CAP_MS)

  function tryNow(): void {
    undoRetry?.()
    // Nothing gets through; whoever knows better revives the link.
    if (!options.canSignal()) return
    if (offers) {
      begin({ page, n: options.nextAttempt() })
      return
    }
    options.sendSignal({ kind: 'please', page, ...(newest && { last: newest }) })
    failures += 1
    retryLater()
    if (failures > PATIENT_PLEASES) options.onUnanswered()
  }

  function onWireSignal({ attempt: id, signal, page: from }: PeerSignal & { kind: 'wire' }): void {
    if (!isForThisEnd(signal)) return
    if (holder.feed(id, from, signal) || offers || signal.type !== 'offer') return
    if (newest?.page === id.page && id.n <= newest.n) return
    begin(id)
    holder.feed(id, from, signal)
  }

  /** Each end takes only what the other one may say, so that no peer makes both offer. */
  const isForThisEnd = (signal: WireSignal): boolean =>
    signal.type === 'candidate' || (signal.type === 'offer') !== offers

  function onPlease({ page: from, last }: PeerSignal & { kind: 'please' }): void {
    if (offers && !isStillWanted(from, last)) giveUp()
  }

  function isStillWanted(from: string, last: AttemptId | undefined): boolean {
    const current = holder.read()
    // Between two attempts a retry is due already.
    if (current === undefined) return true
    if (isSameAttempt(last, current.id)) return false
    if (current.remotePage !== undefined) return current.remotePage === from
    return timers.now() - current.begunMs < CROSSING_MS
  }

  function revive(): void {
    const current = holder.read()
    if (current?.openedMs !== undefined) {
      holder.attempt()?.check()
      return
    }
    if (current !== undefined && timers.now() - current.begunMs < CROSSING_MS) return
    failures = 0
    holder.drop()
    if (offers) tryNow()
    else retryLater()
  }

  if (offers) {
    options.onChange({ status: 'connecting' })
    tryNow()
  } else retryLater()

  return {
    isOpen: () => holder.read()?.openedMs !== undefined,
    send: (lane, bytes) => holder.attempt()?.send(lane, bytes) === true,
    signal(signal) {
      if (closed) return
      if (signal.kind === 'wire') onWireSignal(signal)
      else onPlease(signal)
    },
    revive,
    suspend() {
      undoRetry?.()
      holder.drop()
      options.onChange({ status: 'connecting' })
    },
    rttMs: () => holder.attempt()?.rttMs(),
    remotePage: () =>
      holder.read()?.openedMs === undefined ? undefined : holder.read()?.remotePage,
    connection: () => holder.attempt()?.connection(),
    close() {
      if (closed) return
      closed = true
      undoRetry?.()
      holder.drop()
    },
  }
}
