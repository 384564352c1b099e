import { backoffMs } from '../lib/backoff.ts'
import type { Undo } from '../lib/scope.ts'
import type { EndReason } from './attempt.ts'
import { createAttemptHolder } from './attempt-holder.ts'
import type { AttemptHolderOptions, OpenPath } from './attempt-holder.ts'
import type { LinkState } from './mesh.ts'
import { isSameAttempt } from './peer-signal.ts'
import type { AttemptId, PeerSignal, WireSignal } from './peer-signal.ts'

const RETRY_BASE_MS = 100
const RETRY_CAP_MS = 5000
/** While the server carries the bytes, one more try costs more than waiting, when so many have failed. */
const RELAYED_RETRY_CAP_MS = 30_000
const QUICK_FAILURES = 4
/** The answering peer waits at most this long for an offer before it asks for one, the first time. */
const PLEASE_AFTER_MS = 500
const PLEASE_BASE_MS = 1000
/** A connection that held this long was a good one: the next failure is a first failure. */
const PROVEN_MS = 3000
/** One that opened at all shows that there is a way: its failures wait no longer than so many would. */
const MAX_BRIEF_FAILURES = 3
/** Younger attempts are not given up for a request that may have crossed their offer on the way. */
const CROSSING_MS = 1000
/** And for so many times as long as our own offer took to make: answering it takes as long, and longer on a slower machine. */
const CROSSING_FACTOR = 3
const LONGEST_CROSSING_MS = 2500
/** So many failures in a row make a peer unreachable in words; trying goes on. */
const UNREACHABLE_FAILURES = 2
/** Unanswered requests for an offer before the way through the server is doubted. */
const PATIENT_PLEASES = 3

export interface DirectPathOptions extends Omit<AttemptHolderOptions, 'onSignal' | 'onEnded'> {
  /** Exactly one of the two peers offers, makes attempts and retries; the other answers and nudges. */
  readonly offers: boolean
  /** Names this page among all the pages that had our peer id. */
  readonly page: string
  /** Grows over all links of the page, so that a link made anew is not taken for an old one. */
  readonly nextAttempt: () => number
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** Whether bytes get through another way meanwhile, so that there is no hurry. */
  readonly isRelayed: () => boolean
  readonly sendSignal: (signal: PeerSignal) => void
  /** What is done about having no connection. */
  readonly onTrying: (state: TryingState) => void
  /** The peer is said to be there and has not said a word for seconds. */
  readonly onUnanswered: () => void
}

export type TryingState = Extract<LinkState, { status: 'connecting' | 'unreachable' }>

/** The straight way to one peer: one attempt at a connection after the other, at most one at a time. Begins with `renew`. */
export interface DirectPath {
  /** The open connection. */
  open(): OpenPath | undefined
  /** A signal from that peer. */
  signal(signal: PeerSignal): void
  /** The peer or the way to it has come back: tries now, or asks an open connection whether it still holds. */
  revive(): void
  /** A signal would reach the peer again: tries, unless that goes on anyway. */
  nudge(): void
  /** Ends the connection and makes another: what it was made with has changed. */
  renew(): void
  /** Ends the connection and waits to be revived. */
  suspend(): void
  report(): DirectReport
  close: Undo
}

/** For people who look why there is no connection. */
export interface DirectReport {
  readonly attempts: number
  /** Why the last attempt ended. */
  readonly lastEnd?: EndReason
}

export function createDirectPath(options: DirectPathOptions): DirectPath {
  const { offers, page, timers, random } = options
  const holder = createAttemptHolder({
    ...options,
    onSignal(attempt, signal) {
      options.sendSignal({ kind: 'wire', page, attempt, signal })
    },
    onEnded,
  })
  let newest: AttemptId | undefined
  let failures = 0
  let attempts = 0
  let lastEnd: EndReason | undefined
  let undoRetry: Undo | undefined
  /** A try fell due while no signal got through. */
  let isStalled = false
  let closed = false

  function begin(id: AttemptId): void {
    undoRetry?.()
    newest = id
    attempts += 1
    holder.begin(id)
  }

  function onEnded(why: EndReason): void {
    const isUnanswered = why === 'timeout' && holder.read()?.remotePage === undefined
    lastEnd = why
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
    options.onTrying(isHopeless ? { status: 'unreachable', retryAtMs } : { status: 'connecting' })
  }

  const capMs = (): number =>
    options.isRelayed() && failures > QUICK_FAILURES ? RELAYED_RETRY_CAP_MS : RETRY_CAP_MS

  const offerAfterMs = (): number =>
    backoffMs(Math.max(0, failures - 1), random(), RETRY_BASE_MS, capMs())

  const pleaseAfterMs = (): number =>
    failures === 0
      ? (PLEASE_AFTER_MS * (1 + random())) / 2
      : backoffMs(failures, random(), PLEASE_BASE_MS, capMs())

  function tryNow(): void {
    undoRetry?.()
    isStalled = !options.canSignal()
    // Whoever learns of a way nudges.
    if (isStalled) return
    if (offers) {
      begin({ page, n: options.nextAttempt() })
      return
    }
    options.sendSignal({ kind: 'please', page, ...(newest && { last: newest }) })
    failures += 1
    retryLater()
    if (failures > PATIENT_PLEASES && !options.isRelayed()) options.onUnanswered()
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
    // One that could not be sent yet is on its way: a slow machine takes a second to make eight.
    if (current.saidMs === undefined) return true
    const madeMs = current.saidMs - current.begunMs
    const crossingMs = Math.min(LONGEST_CROSSING_MS, madeMs * CROSSING_FACTOR)
    return timers.now() - current.saidMs < Math.max(CROSSING_MS, crossingMs)
  }

  function revive(): void {
    const current = holder.read()
    if (current?.openedMs !== undefined) {
      holder.open()?.attempt.check()
      return
    }
    if (current !== undefined && timers.now() - current.begunMs < CROSSING_MS) return
    renew()
  }

  function renew(): void {
    failures = 0
    holder.drop()
    options.onTrying({ status: 'connecting' })
    if (offers) tryNow()
    else retryLater()
  }

  return {
    open: holder.open,
    signal(signal) {
      if (closed) return
      if (signal.kind === 'wire') onWireSignal(signal)
      else if (signal.kind === 'please') onPlease(signal)
    },
    revive,
    nudge() {
      if (isStalled && holder.read() === undefined) tryNow()
    },
    renew,
    suspend() {
      undoRetry?.()
      holder.drop()
      options.onTrying({ status: 'connecting' })
    },
    report: () => ({ attempts, ...(lastEnd && { lastEnd }) }),
    close() {
      if (closed) return
      closed = true
      undoRetry?.()
      holder.drop()
    },
  }
}
