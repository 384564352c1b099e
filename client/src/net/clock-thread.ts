import { createScope } from '../lib/scope.ts'
import type { Undo } from '../lib/scope.ts'
import type { ClockPort, ClockPortEvents } from './clock-port.ts'
import { correctionOf } from './clock-reading.ts'
import type { ClockReading } from './clock-reading.ts'
import type { FromClockThread, ToClockThread } from './clock-thread-messages.ts'
import type { Timers } from './timers.ts'

/** Its time is asked so often at first, and again when the one answer of a beat cannot be true. */
const ROUND = 20
const BEAT_MS = 4000
/** So many beats without an answer, and it is taken for dead. */
const MAX_MISSED = 2

export interface ClockThreadOptions {
  /** Runs `clock-thread-worker.ts`; is terminated when the thread is closed or taken for dead. */
  readonly worker: Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>
  /** The page's `performance.timeOrigin`. */
  readonly originMs: number
  /** `now` is the clock on which frames are stamped. */
  readonly timers: Pick<Timers, 'now' | 'every'>
}

/** A thread of their own for the clock lanes of all links of a page. */
export interface ClockThread {
  /**
   * Gives a channel to the thread. To be called in the task that makes the channel.
   *
   * @returns undefined when the browser cannot transfer channels or the thread is dead: the channel stays as it was
   */
  take(channel: RTCDataChannel, events: ClockPortEvents): ClockPort | undefined
  close: Undo
}

interface Taken {
  readonly events: ClockPortEvents
  isOpen: boolean
}

/** Transfers before the worker has loaded are kept by the browser; when it never does, all that it has is lost. */
export function createClockThread({ worker, originMs, timers }: ClockThreadOptions): ClockThread {
  const scope = createScope()
  const taken = new Map<number, Taken>()
  let lastId = 0
  let isAlive = true
  let askedMs: number | undefined
  let missed = 0
  let wanted = ROUND
  /** Of the round that goes on. */
  let readings: ClockReading[] = []

  function post(message: ToClockThread, transfer: Transferable[] = []): void {
    worker.postMessage(message, transfer)
  }

  function ask(): void {
    askedMs = timers.now()
    post({ kind: 'ask' })
  }

  function onReading(readMs: number, heardMs: number): void {
    if (askedMs === undefined) return
    readings.push({ askedMs, readMs, heardMs })
    askedMs = undefined
    missed = 0
    if (readings.length < wanted) ask()
    else judge(correctionOf(readings))
  }

  function judge(byMs: number): void {
    const isWholeRound = wanted === ROUND
    readings = []
    wanted = byMs === 0 || isWholeRound ? 1 : ROUND
    if (byMs === 0) return
    if (isWholeRound) post({ kind: 'correct', byMs })
    else ask()
  }

  function beat(): void {
    if (askedMs === undefined) ask()
    else if ((missed += 1) >= MAX_MISSED) die()
  }

  function hear(message: FromClockThread, heardMs: number): void {
    if (message.kind === 'reading') {
      onReading(message.ms, heardMs)
      return
    }
    const entry = taken.get(message.id)
    if (entry === undefined) return
    if (message.kind === 'frame') {
      entry.events.onFrame(message.frame, message.arrivedMs)
      return
    }
    entry.isOpen = message.kind === 'open'
    if (entry.isOpen) entry.events.onOpen()
  }

  function end(): void {
    isAlive = false
    scope.close()
  }

  function die(): void {
    if (!isAlive) return
    end()
    const lost = [...taken.values()]
    taken.clear()
    for (const { events } of lost) events.onLost()
  }

  function portOf(id: number, entry: Taken): ClockPort {
    return {
      isOpen: () => entry.isOpen,
      send(frame) {
        if (!isAlive || !entry.isOpen) return false
        post({ kind: 'send', id, frame })
        return true
      },
      // The thread drops what would have to wait.
      bufferedBytes: () => 0,
      close() {
        entry.isOpen = false
        if (taken.delete(id) && isAlive) post({ kind: 'close', id })
      },
    }
  }

  worker.addEventListener('message', ({ data }: MessageEvent<FromClockThread>) => {
    const heardMs = timers.now()
    if (isAlive) hear(data, heardMs)
  })
  worker.addEventListener('error', (event) => {
    // It is dealt with here, and nothing that a person must hear of.
    event.preventDefault()
    die()
  })
  scope.own(() => {
    worker.terminate()
  })
  scope.own(timers.every(BEAT_MS, beat))
  post({ kind: 'begin', originMs })
  ask()

  return {
    take(channel, events) {
      if (!isAlive) return undefined
      const id = (lastId += 1)
      try {
        post({ kind: 'take', id, channel }, [channel])
      } catch {
        // A DataCloneError: this browser transfers no data channels, and will not for the next one either.
        if (taken.size === 0) end()
        return undefined
      }
      const entry = { events, isOpen: false }
      taken.set(id, entry)
      return portOf(id, entry)
    },
    close() {
      end()
      taken.clear()
    },
  }
}
