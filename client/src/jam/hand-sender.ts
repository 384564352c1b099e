import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { encodeHand, type HandEvent, MOST_EVENTS, MOST_KEYS } from './hand-frame.ts'
import { LIVE_HAND, liveFrame } from './live-kinds.ts'

/** Tells the others what this hand plays. */
export interface HandSender {
  /** @returns the event's number; undefined for one that presses what is pressed, or lets go what is not */
  play(track: TrackId, event: HandEvent): number | undefined
  bend(track: TrackId, semitones: number): void
  /** @param wheel 0 to 1 */
  turnWheel(track: TrackId, wheel: number): void
  /** How much later than its moment others hear what was played last, ms; 0 for as soon as each can. */
  sentDelayMs(): number
  close: Undo
}

export interface HandSenderOptions {
  readonly mesh: Pick<Mesh, 'broadcast'>
  readonly timers: Pick<Timers, 'after' | 'every'>
  /** Shared time now, ms. */
  readonly sharedMs: () => number
  /** How much later than its moment a note that begins now is heard, ms; 0 for as soon as it can be. */
  readonly delayMs: () => number
}

/** Far enough behind that a burst of loss which takes one leaves the other. */
const AGAIN_MS = 12
/** While something is held, and for a while after: whoever missed a letting go hears of it then. */
const STATE_EVERY_MS = 100
const QUIET_STATES = 4
const WHEEL_EVERY_MS = 30

export function createHandSender(options: HandSenderOptions): HandSender {
  const { mesh, timers } = options
  const scope = createScope()
  const waits = new Set<Undo>()
  let events: readonly HandEvent[] = []
  let last = 0
  let number = 0
  let track: TrackId | undefined
  let held = new Set<Pitch>()
  let bend = 0
  let wheel = 0
  let delayMs = 0
  let statesLeft = 0
  let isWheelTold = true

  const send = (): void => {
    if (track === undefined) return
    number += 1
    const frame = { number, track, bend, wheel, delayMs, events, held: [...held] }
    const first = last - events.length + 1
    const body = encodeHand({ ...frame, sharedMs: options.sharedMs(), first })
    mesh.broadcast('live', liveFrame(LIVE_HAND, body))
  }
  const after = (ms: number, run: () => void): void => {
    const undo = timers.after(ms, () => {
      waits.delete(undo)
      run()
    })
    waits.add(undo)
  }
  const sendTwice = (): void => {
    statesLeft = QUIET_STATES
    send()
    after(AGAIN_MS, send)
  }
  const add = (event: HandEvent): void => {
    if (event.velocity > 0) held.add(event.pitch)
    else held.delete(event.pitch)
    last += 1
    events = [...events, event].slice(-MOST_EVENTS)
  }
  /** A frame is of one track: another one begins with nothing held. */
  const turnTo = (next: TrackId): void => {
    if (next === track) return
    if (track !== undefined && (held.size > 0 || bend !== 0 || wheel !== 0)) {
      for (const pitch of [...held]) {
        add({ pitch, velocity: 0, sharedMs: options.sharedMs() })
      }
      bend = 0
      wheel = 0
      send()
    }
    track = next
    events = []
    held = new Set()
    bend = 0
    wheel = 0
  }
  /** Where a wheel is now; not each place that it comes by. */
  const tellWheels = (): void => {
    statesLeft = QUIET_STATES
    if (!isWheelTold) return
    isWheelTold = false
    send()
    after(WHEEL_EVERY_MS, () => {
      isWheelTold = true
      send()
    })
  }
  scope.own(
    timers.every(STATE_EVERY_MS, () => {
      if (held.size > 0 || bend !== 0) statesLeft = QUIET_STATES
      if (statesLeft === 0) return
      statesLeft -= 1
      send()
    }),
  )
  scope.own(() => {
    for (const undo of waits) undo()
  })

  return {
    play(next, event) {
      turnTo(next)
      const isHeld = held.has(event.pitch)
      if (event.velocity > 0 === isHeld || (!isHeld && held.size >= MOST_KEYS)) {
        return undefined
      }
      // What sounds already keeps its delay, or it would end before it began.
      if (held.size === 0) delayMs = options.delayMs()
      add(event)
      sendTwice()
      return last
    },
    bend(next, semitones) {
      turnTo(next)
      if (semitones === bend) return
      bend = semitones
      tellWheels()
    },
    turnWheel(next, to) {
      turnTo(next)
      if (to === wheel) return
      wheel = to
      tellWheels()
    },
    sentDelayMs: () => delayMs,
    close: scope.close,
  }
}
