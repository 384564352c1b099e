import type { Crowd } from './crowd.ts'
import type { Dialect } from './dialects.ts'
import { wayOf } from './places.ts'

export interface SignalPlan {
  readonly count: number
  /** 0: as fast as they arrive. */
  readonly perSecond: number
}

/** Characters of a signal: an offer, sealed. */
const DATA_CHARS = 1_000
const SEQ_DIGITS = 8
/** On their way at one time, where none are put off. */
const AT_ONCE = 64
const TICK_MS = 1
/** After so long a signal that did not arrive is lost. */
const LOST_AFTER_MS = 60_000
const REST = '.'.repeat(DATA_CHARS - SEQ_DIGITS)

/**
 * Sends signals, each from one peer to one other of its room, until all have arrived wherever they go.
 *
 * @returns from the call that sends until the frame is heard by whom it is for, in ms
 * @throws (rejects) when one of them is lost
 */
export function sendSignals(
  crowd: Crowd,
  dialect: Dialect,
  { count, perSecond }: SignalPlan,
): Promise<readonly number[]> {
  const { members } = crowd
  const sentMs = new Float64Array(count)
  const tookMs: number[] = []
  let sent = 0
  let delivered = 0

  const receiverOf = (seq: number): number => {
    const { from, to } = wayOf(seq, members.length)
    return dialect.goesTo === 'next' ? to : from
  }

  function send(): void {
    const seq = sent++
    const sender = members[wayOf(seq, members.length).from]
    const receiver = members[receiverOf(seq)]
    if (sender === undefined || receiver === undefined) throw new Error('a place must be taken')
    const data = String(seq).padStart(SEQ_DIGITS, '0') + REST
    sentMs[seq] = performance.now()
    sender.socket.send(dialect.signal(sender.key, receiver.name, data))
  }

  return new Promise((resolve, reject) => {
    const endWait = setTimeout(() => {
      reject(new Error(`${count} signals must arrive, got ${tookMs.length}`))
    }, LOST_AFTER_MS)

    const fill = (): void => {
      while (sent < count && sent - tookMs.length < AT_ONCE) send()
    }

    crowd.hear((place, text) => {
      const nowMs = performance.now()
      const data = dialect.dataIn(text)
      if (data === undefined) return
      delivered += 1
      const seq = Number(data.slice(0, SEQ_DIGITS))
      if (place === receiverOf(seq)) tookMs.push(nowMs - (sentMs[seq] ?? NaN))
      if (perSecond === 0) fill()
      if (delivered < count * dialect.deliveries) return
      clearTimeout(endWait)
      resolve(tookMs)
    })
    if (perSecond === 0) fill()
    else pace(perSecond, count, send)
  })
}

/** Sends at a steady rate, whether or not what was sent has arrived. */
function pace(perSecond: number, count: number, send: () => void): void {
  const startMs = performance.now()
  let sent = 0
  const tick = (): void => {
    const due = Math.min(count, Math.floor(((performance.now() - startMs) / 1000) * perSecond))
    while (sent < due) {
      sent += 1
      send()
    }
    if (sent < count) setTimeout(tick, TICK_MS)
  }
  tick()
}
