import type { Undo } from '../lib/scope.ts'
import { createAttempt } from './attempt.ts'
import type { Attempt, AttemptOptions } from './attempt.ts'
import { isSameAttempt } from './peer-signal.ts'
import type { AttemptId, WireSignal } from './peer-signal.ts'
import type { Slots } from './slots.ts'

/** Signals that may wait for their attempt to get a slot. */
const MAX_WAITING_SIGNALS = 64

export interface AttemptHolderOptions extends Omit<AttemptOptions, 'onSignal' | 'onOpen'> {
  /** Bounds the attempts that are not open yet. */
  readonly slots: Slots
  readonly onSignal: (id: AttemptId, signal: WireSignal) => void
  /** A connection opened, or the open one was dropped. */
  readonly onOpen: (isOpen: boolean) => void
}

/** What is known of the one attempt that a link has at a time, waiting for a slot or running. */
export interface CurrentAttempt {
  readonly id: AttemptId
  readonly begunMs: number
  /** When its first signal left: making an offer takes a slow machine longer than the way to the peer. */
  readonly saidMs?: number
  readonly openedMs?: number
  /** Page of the other end, once it has said a word. */
  readonly remotePage?: string
}

/** A way to a peer along which bytes go. */
export interface OpenPath {
  readonly attempt: Attempt
  /** The page at its other end. */
  readonly page: string
}

/** Holds the attempt of a link: at most one, begun, fed and dropped. */
export interface AttemptHolder {
  read(): CurrentAttempt | undefined
  /** Drops the one before. */
  begin(id: AttemptId): void
  /** @returns false when the signal is for another attempt */
  feed(id: AttemptId, from: string, signal: WireSignal): boolean
  drop(): void
  /** The attempt, once it is open. */
  open(): OpenPath | undefined
}

interface Held {
  readonly id: AttemptId
  readonly begunMs: number
  saidMs?: number
  openedMs?: number
  remotePage?: string
  attempt?: Attempt
  readonly waiting: WireSignal[]
  freeSlot: Undo
}

export function createAttemptHolder(options: AttemptHolderOptions): AttemptHolder {
  const { timers, slots, onSignal, onOpen, ...rest } = options
  let held: Held | undefined

  function start(next: Held): void {
    next.attempt = createAttempt({
      ...rest,
      timers,
      onSignal(signal) {
        next.saidMs ??= timers.now()
        onSignal(next.id, signal)
      },
      onOpen() {
        next.openedMs = timers.now()
        next.freeSlot()
        onOpen(true)
      },
    })
    for (const signal of next.waiting.splice(0)) next.attempt.signal(signal)
  }

  function drop(): void {
    const old = held
    if (old === undefined) return
    held = undefined
    old.freeSlot()
    old.attempt?.close()
    if (old.openedMs !== undefined) onOpen(false)
  }

  return {
    read: () => held,
    begin(id) {
      drop()
      const next: Held = { id, begunMs: timers.now(), waiting: [], freeSlot: () => undefined }
      held = next
      const free = slots.take(() => {
        if (held === next) start(next)
      })
      next.freeSlot = free
    },
    feed(id, from, signal) {
      if (held === undefined || !isSameAttempt(id, held.id)) return false
      held.remotePage ??= from
      if (held.attempt !== undefined) held.attempt.signal(signal)
      else if (held.waiting.length < MAX_WAITING_SIGNALS) held.waiting.push(signal)
      return true
    },
    drop,
    open() {
      const { attempt, remotePage: page, openedMs } = held ?? {}
      return attempt && page !== undefined && openedMs !== undefined ? { attempt, page } : undefined
    },
  }
}
