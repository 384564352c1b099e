import type { Undo } from '../lib/scope.ts'
import { createAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import type { Lane } from './mesh.ts'
import type { RelayEvents, RelayPath } from './relay-path.ts'
import type { Timers } from './timers.ts'
import type { Wire, WireEvents } from './wire.ts'

/** What a greeting takes, and a frame. */
const GREETING_MS = 30
const FRAME_MS = 15
const GREET_EVERY_MS = 2000
const LINGER_MS = 5000

/** The ways of two ends through a server that can be switched off; without encryption, which takes real time. */
export interface FakeRelays {
  createRelay(end: 'ana' | 'bo', page: () => string, events: RelayEvents): RelayPath
}

interface Side {
  current?: { readonly attempt: Attempt; readonly wire: WireEvents }
  isWanted: boolean
  meet(): void
}

export function createFakeRelays(timers: Timers, isThere: () => boolean): FakeRelays {
  const sides: Partial<Record<'ana' | 'bo', Side>> = {}

  function createRelay(end: 'ana' | 'bo', otherPage: () => string, events: RelayEvents): RelayPath {
    const other = end === 'ana' ? 'bo' : 'ana'
    const side: Side = { isWanted: false, meet }
    sides[end] = side
    let undoGreet: Undo | undefined
    let undoLinger: Undo | undefined

    function createWire(_: boolean, wire: WireEvents): Wire {
      const undoOpen = timers.after(0, wire.onOpen)
      return {
        connection: undefined,
        signal: () => undefined,
        restartIce: () => undefined,
        bufferedBytes: () => 0,
        send(lane: Lane, frame) {
          timers.after(FRAME_MS, () => {
            if (isThere()) sides[other]?.current?.wire.onFrame(lane, frame, timers.now())
          })
          return true
        },
        close: undoOpen,
      }
    }

    function meet(): void {
      if (side.current !== undefined) return
      const wires: WireEvents[] = []
      const attempt = createAttempt({
        ...events,
        timers,
        offers: false,
        createWire(offers, wire) {
          wires.push(wire)
          return createWire(offers, wire)
        },
        canSignal: () => false,
        hasServer: () => true,
        onSignal: () => undefined,
        onOpen: events.onChange,
        onSteady: events.onChange,
        onHeard: () => undefined,
        onEnded: drop,
      })
      const [wire] = wires
      if (wire !== undefined) side.current = { attempt, wire }
      if (!side.isWanted) linger()
    }

    function greet(): void {
      undoGreet?.()
      undoGreet = undefined
      if (!side.isWanted || side.current !== undefined || !isThere()) return
      undoGreet = timers.after(GREET_EVERY_MS, greet)
      timers.after(GREETING_MS, () => {
        if (!isThere() || !side.isWanted) return
        sides[other]?.meet()
        meet()
      })
    }

    function linger(): void {
      if (side.current !== undefined) undoLinger ??= timers.after(LINGER_MS, drop)
    }

    function drop(): void {
      undoLinger?.()
      undoLinger = undefined
      const old = side.current
      if (old === undefined) return
      delete side.current
      old.attempt.close()
      timers.after(FRAME_MS, () => {
        if (isThere()) sides[other]?.current?.wire.onClosed()
      })
      events.onChange()
      greet()
    }

    return {
      open() {
        const attempt = side.current?.attempt
        return attempt?.isOpen() === true ? { attempt, page: otherPage() } : undefined
      },
      begin() {
        undoLinger?.()
        undoLinger = undefined
        side.isWanted = true
        if (undoGreet === undefined) greet()
      },
      rest() {
        side.isWanted = false
        undoGreet?.()
        undoGreet = undefined
        linger()
      },
      revive() {
        if (side.current === undefined) greet()
        else side.current.attempt.check()
      },
      hear: () => undefined,
      drop,
      close() {
        side.isWanted = false
        undoGreet?.()
        undoLinger?.()
        side.current?.attempt.close()
        delete side.current
      },
    }
  }

  return { createRelay }
}
