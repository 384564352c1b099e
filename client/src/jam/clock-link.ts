import type { Beacon, Neighbour } from '../clock/beacon.ts'
import { createLinkClock } from '../clock/link-clock.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { AnswerFrame, ClockFrame, SentClockFrame } from './clock-frames.ts'

/** The clock of one linked peer, seen from here. */
export interface ClockLink {
  /** Takes a frame of theirs. @param arrivedMs by our clock. @returns whether it brought something to go by */
  take(frame: SentClockFrame, arrivedMs: number): boolean
  /** Undefined before enough round trips, before they said anything of their time, and when that is long ago. */
  neighbour(nowMs: number): Neighbour | undefined
  /** What 19 of 20 messages need one way, ms; 0 before anything is known. */
  oneWayP95Ms(): number
  /** What they last said of their time. */
  beacon(): Beacon | undefined
  /** Share of the last pings that nothing came back for, 0 to 1; undefined before any counts. */
  loss(): number | undefined
  /** When they last answered, or else when the link opened, by our clock. */
  heardMs(): number
  close: Undo
}

export interface ClockLinkOptions {
  readonly timers: Pick<Timers, 'now' | 'after'>
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  /** The lane writes the moment of sending into it. */
  readonly send: (frame: ClockFrame) => void
  /** Our own. */
  readonly beaconNow: () => Beacon
  /** In the long run, ms from ping to ping. */
  readonly pauseMs: () => number
  /** Whether it is this end that asks often at first: one exchange tells both. */
  readonly asksFirst: boolean
  /** How much slower than usual it then asks, 1 or more: many links that open at once share one machine. */
  readonly slowness: () => number
}

/**
 * Many at first while either end is silent until it has the time, since a page that has just loaded is busy and most of
 * its stamps are late; then ever fewer.
 */
const BURST_PINGS = 10
const BURST_MS = 50
const SETTLING_PINGS = 40
const SETTLING_MS = 250
/** So many do in a large room where both ends have the time already: others tell it too. */
const FEW_PINGS = 12
/** Round trips before a link's word counts. */
const ENOUGH = 6
/** No answer by then is none: the clock's lane sends nothing twice. */
const LOST_AFTER_MS = 2000
const COUNTED_PINGS = 32
/** What somebody said of their time so long ago says nothing of it now. */
const STALE_MS = 15_000
/** What is sent at one moment may be stamped by another thread's clock: so far the two may differ. */
const STAMP_SLACK_MS = 2

interface Asked {
  readonly postedMs: number
}

interface Answered {
  readonly postedMs: number
  readonly theirSentMs: number
  readonly receivedMs: number
}

export function createClockLink(options: ClockLinkOptions): ClockLink {
  const { timers, send } = options
  const scope = createScope()
  const clock = createLinkClock()
  const asked = new Map<number, Asked>()
  /** What we answered and have not heard of since. */
  const answered = new Map<number, Answered>()
  const outcomes: boolean[] = []
  let beacon: Beacon | undefined
  let heardMs = timers.now()
  let beaconMs = -Infinity
  let pings = options.asksFirst ? 0 : SETTLING_PINGS

  const count = (isAnswered: boolean): void => {
    outcomes.push(isAnswered)
    if (outcomes.length > COUNTED_PINGS) outcomes.shift()
  }
  const ping = (): void => {
    const postedMs = timers.now()
    for (const [nonce, { postedMs: oldMs }] of asked) {
      if (postedMs - oldMs < LOST_AFTER_MS) break
      asked.delete(nonce)
      count(false)
    }
    pings += 1
    const nonce = Math.floor(options.random() * 2 ** 32)
    asked.set(nonce, { postedMs })
    send({ kind: 'ping', nonce })
  }
  let undoNext: Undo = () => undefined
  const pingOn = (): void => {
    ping()
    undoNext = timers.after(pause(), pingOn)
  }
  /** Drawn a little anew each time, so that no two peers keep in step. */
  const pause = (): number => {
    const slowness = options.slowness()
    const isUrgent = beacon?.isSettled !== true || !options.beaconNow().isSettled
    if (pings < BURST_PINGS && isUrgent) return BURST_MS * slowness
    const isEnough = !isUrgent && slowness > 1 && pings >= FEW_PINGS
    if (pings < SETTLING_PINGS && !isEnough) return SETTLING_MS * slowness
    return options.pauseMs() * (0.8 + 0.4 * options.random())
  }
  scope.own(() => {
    undoNext()
  })

  const answer = (nonce: number, theirSentMs: number, receivedMs: number): void => {
    const postedMs = timers.now()
    for (const [old, { postedMs: oldMs }] of answered) {
      if (postedMs - oldMs < LOST_AFTER_MS) break
      answered.delete(old)
    }
    answered.set(nonce, { postedMs, theirSentMs, receivedMs })
    say('pong', nonce, theirSentMs, receivedMs)
  }
  const say = (
    kind: AnswerFrame['kind'],
    nonce: number,
    echoMs: number,
    receivedMs: number,
  ): void => {
    send({ kind, nonce, echoMs, receivedMs, beacon: options.beaconNow() })
  }
  const hear = (frame: { readonly beacon: Beacon }, arrivedMs: number): void => {
    beacon = frame.beacon
    beaconMs = arrivedMs
    heardMs = arrivedMs
  }
  /** The moment that they say we sent at must be one at which we may have. */
  const isOurs = (echoMs: number, { postedMs }: Asked, arrivedMs: number): boolean =>
    echoMs >= postedMs - STAMP_SLACK_MS && echoMs <= arrivedMs + STAMP_SLACK_MS

  pingOn()
  return {
    take(frame, arrivedMs) {
      if (frame.kind === 'ping') {
        answer(frame.nonce, frame.sentMs, arrivedMs)
        return false
      }
      const { nonce, echoMs, sentMs } = frame
      // Only what we asked and have not heard yet: a made-up or repeated answer says nothing of the way.
      const question = frame.kind === 'pong' ? asked.get(nonce) : answered.get(nonce)
      if (question === undefined || !isOurs(echoMs, question, arrivedMs)) return false
      if (frame.kind === 'pong') {
        asked.delete(nonce)
        count(true)
        say('fin', nonce, sentMs, arrivedMs)
        const theirReceivedMs = frame.receivedMs
        clock.add({ sentMs: echoMs, theirReceivedMs, theirSentMs: sentMs, receivedMs: arrivedMs })
      } else if ('theirSentMs' in question) {
        answered.delete(nonce)
        const { theirSentMs, receivedMs } = question as Answered
        clock.add({ sentMs: echoMs, theirReceivedMs: frame.receivedMs, theirSentMs, receivedMs })
      }
      hear(frame, arrivedMs)
      return true
    },
    neighbour(nowMs) {
      const estimate = clock.estimate(nowMs)
      if (beacon === undefined || nowMs - beaconMs > STALE_MS) return undefined
      return estimate === undefined || estimate.samples < ENOUGH
        ? undefined
        : { beacon, ...estimate }
    },
    oneWayP95Ms: clock.oneWayP95Ms,
    beacon: () => beacon,
    loss() {
      if (outcomes.length === 0) return undefined
      return outcomes.filter((each) => !each).length / outcomes.length
    },
    heardMs: () => heardMs,
    close: scope.close,
  }
}
