import { withSentMs } from './clock-stamp.ts'
import type { Lane } from './mesh.ts'
import type { WireSignal } from './peer-signal.ts'
import type { Timers } from './timers.ts'
import type { CreateWire, Wire, WireEvents } from './wire.ts'

/** One end of a fake connection. */
export interface FakeWire extends Wire {
  readonly offers: boolean
  readonly heard: readonly WireSignal[]
  readonly sent: readonly (readonly [Lane, Uint8Array])[]
  readonly restarts: () => number
  readonly isClosed: () => boolean
  /** What the other end or the network does. */
  readonly events: WireEvents
}

/** Wires that connect when the test or their other end says so. */
export interface FakeWires {
  readonly createWire: CreateWire
  readonly made: readonly FakeWire[]
  newest(): FakeWire
}

/**
 * One end's wires. The offering end says its offer on the next tick of the clock, or `makesOfferMs` later; the answering end answers an offer,
 * and both open with the answer, unless `connects` says that they cannot meet. Frames go to `deliver`.
 */
export function createFakeWires(
  timers: Timers,
  connects: () => boolean = () => true,
  deliver: (from: FakeWire, lane: Lane, frame: Uint8Array) => void = () => undefined,
  makesOfferMs: () => number = () => 0,
): FakeWires {
  const made: FakeWire[] = []

  function createWire(offers: boolean, events: WireEvents): Wire {
    const heard: WireSignal[] = []
    const sent: (readonly [Lane, Uint8Array])[] = []
    let isOpen = false
    let closed = false
    let restarts = 0

    function say(signal: WireSignal, afterMs = 0): void {
      timers.after(afterMs, () => {
        if (!closed) events.onSignal(signal)
      })
    }

    function openSoon(): void {
      timers.after(0, () => {
        if (closed || !connects()) return
        isOpen = true
        events.onOpen()
      })
    }

    const wire: FakeWire = {
      offers,
      heard,
      sent,
      events,
      connection: undefined,
      restarts: () => restarts,
      isClosed: () => closed,
      signal(signal) {
        heard.push(signal)
        if (signal.type === 'offer') say({ type: 'answer', sdp: signal.sdp })
        if (signal.type === 'offer' || signal.type === 'answer') openSoon()
      },
      send(lane, frame) {
        if (!isOpen || closed) return false
        const said = lane === 'clock' ? withSentMs(frame, timers.now()) : frame
        sent.push([lane, said])
        deliver(wire, lane, said)
        return true
      },
      bufferedBytes: () => 0,
      restartIce() {
        restarts += 1
      },
      close() {
        closed = true
      },
    }
    made.push(wire)
    if (offers) say({ type: 'offer', sdp: `offer ${String(made.length)}` }, makesOfferMs())
    return wire
  }

  return {
    createWire,
    made,
    newest() {
      const last = made.at(-1)
      if (last === undefined) throw new RangeError('a wire must have been made, got none')
      return last
    },
  }
}
