import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { createAttempt } from './attempt.ts'
import type { Attempt, AttemptOptions } from './attempt.ts'
import type { OpenPath } from './attempt-holder.ts'
import { createRelayGreeting, HELLO, PROOF } from './relay-greeting.ts'
import type { RelaySession } from './relay-greeting.ts'
import { createRelayWire } from './relay-wire.ts'
import type { RelayPipe, RelayWire } from './relay-wire.ts'
import { createTaskQueue } from './task-queue.ts'
import type { SealingKeys } from './seal.ts'

/** A greeting that is not answered is said again: soon at first, for the peer may only just not have known of us. */
const GREET_AGAIN_MS = 600
const GREET_EVERY_MS = 2000
/** What is no longer needed is listened to this much longer: frames may be on their way. */
const LINGER_MS = 5000
/** Payloads that may wait to be opened; what is more is lost, as on a way that is too slow. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

/** What a link does with any of its ways. */
export type RelayEvents = Pick<AttemptOptions, 'meter' | 'onBytes' | 'onControl' | 'onBroke'> & {
  /** It opened, ended, or is steady again or not any more. */
  readonly onChange: () => void
}

export interface RelayPathOptions extends RelayEvents, Pick<AttemptOptions, 'timers'> {
  readonly self: PeerId
  readonly peer: PeerId
  readonly page: string
  /** `RoomKeys.relayKey` */
  readonly key: SealingKeys
  readonly pipe: RelayPipe
  /** Whether the server passes bytes on now. */
  readonly canRelay: () => boolean
  /** Whether a page of the peer is not older than the newest that is known. */
  readonly admitsPage: (page: string) => boolean
}

/** The way to one peer through the server. Who is greeted along it answers, whether or not it is needed here too. */
export interface RelayPath {
  open(): OpenPath | undefined
  /** Greets now and again until it is open. */
  begin(): void
  /** It is not needed any more: greets no longer, and closes after a while. */
  rest(): void
  /** The server or the peer has come back: greets now if it is needed, or asks whether the peer is still there. */
  revive(): void
  hear(payload: Uint8Array, arrivedMs: number): void
  /** Ends what is open; greets again at `revive`. */
  drop(): void
  close: Undo
}

interface Conversation {
  readonly attempt: Attempt
  readonly wire: RelayWire
  readonly page: string
}

export function createRelayPath(options: RelayPathOptions): RelayPath {
  const { timers, key, pipe } = options
  const tasks = createTaskQueue()
  const greeting = createRelayGreeting({
    ...options,
    send: (payload) => pipe.send('wait', payload),
    onSession,
  })
  let current: Conversation | undefined
  let isWanted = false
  let waitingBytes = 0
  let undoGreet: Undo | undefined
  let undoLinger: Undo | undefined
  let waitMs = GREET_AGAIN_MS
  let closed = false

  function greet(): void {
    waitMs = GREET_AGAIN_MS
    greetOn()
  }

  function greetOn(): void {
    undoGreet?.()
    undoGreet = undefined
    if (!isWanted || current !== undefined || !options.canRelay()) return
    undoGreet = timers.after(waitMs, greetOn)
    waitMs = Math.min(GREET_EVERY_MS, 2 * waitMs)
    tasks.add(sayHello)
  }

  async function sayHello(): Promise<void> {
    // What waited before it may have been the answer to the one before.
    if (isWanted && current === undefined) await greeting.hello()
  }

  function onSession(session: RelaySession): void {
    if (closed) return
    current?.attempt.close()
    undoLinger?.()
    undoLinger = undefined
    const wires: RelayWire[] = []
    const attempt = createAttempt({
      ...options,
      offers: false,
      createWire(_, events) {
        const wire = createRelayWire({ session, key, pipe, timers }, events)
        wires.push(wire)
        return wire
      },
      canSignal: () => false,
      hasServer: () => true,
      onSignal: () => undefined,
      onOpen: options.onChange,
      onSteady: options.onChange,
      onHeard: () => undefined,
      onEnded: drop,
    })
    const [wire] = wires
    if (wire !== undefined) current = { attempt, wire, page: session.other.page }
    if (!isWanted) linger()
  }

  function drop(): void {
    undoLinger?.()
    undoLinger = undefined
    const old = current
    if (old === undefined) return
    current = undefined
    old.attempt.close()
    options.onChange()
    greet()
  }

  function linger(): void {
    if (current !== undefined) undoLinger ??= timers.after(LINGER_MS, drop)
  }

  async function take(payload: Uint8Array, arrivedMs: number): Promise<void> {
    waitingBytes -= payload.length
    if (closed) return
    if (payload[0] === HELLO || payload[0] === PROOF) await greeting.hear(payload)
    else await current?.wire.hear(payload, arrivedMs)
  }

  return {
    open() {
      const { attempt, page } = current ?? {}
      return attempt?.isOpen() === true && page !== undefined ? { attempt, page } : undefined
    },
    begin() {
      undoLinger?.()
      undoLinger = undefined
      isWanted = true
      if (undoGreet === undefined) greet()
    },
    rest() {
      isWanted = false
      undoGreet?.()
      undoGreet = undefined
      linger()
    },
    revive() {
      if (current === undefined) greet()
      else current.attempt.check()
    },
    hear(payload, arrivedMs) {
      if (waitingBytes + payload.length > MAX_WAITING_BYTES) return
      waitingBytes += payload.length
      tasks.add(() => take(payload, arrivedMs))
    },
    drop,
    close() {
      closed = true
      isWanted = false
      undoGreet?.()
      undoLinger?.()
      current?.attempt.close()
      current = undefined
    },
  }
}
