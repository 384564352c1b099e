import type { HandFrame } from './hand-frame.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'

/** What is to be played of one hand. */
export interface HandStroke {
  readonly track: TrackId
  readonly pitch: Pitch
  /** 1 to 127; 0 lets go. */
  readonly velocity: number
  /** When it is to be heard, shared time; what lies behind is at once. */
  readonly sharedMs: number
  /** Of its event, the same for everybody. */
  readonly number: number
}

/** What one page's hand plays, put together out of whatever arrives of its frames in whatever order. */
export interface HandHearing {
  /**
   * @param nowMs   shared time
   * @param reachMs from now to the soonest moment at which something can be heard here
   */
  take(frame: HandFrame, nowMs: number, reachMs: number): readonly HandStroke[]
  /** Lets go of all that sounds; what is heard of it later begins anew. */
  release(nowMs: number): readonly HandStroke[]
  /** What sounds, or will. */
  sounding(): readonly { readonly track: TrackId; readonly pitch: Pitch }[]
  /** How late the hand would have to be heard so that nothing new of the last frames came too late here, ms. */
  needMs(): number | undefined
}

/** Notes that come so much too late are passed over: they would fall where nobody played them. */
const STALE_MS = 250
/** A delay of one's own, in the way of those who want to be heard at once, grows as it must and shrinks rarely. */
const SPARE_MS = 2
const NEEDS = 64
/** Of the needs, the share that is met. */
const MET = 0.95
const SHRINK_MS = 8

interface Sounding {
  readonly track: TrackId
  readonly pitch: Pitch
  readonly number: number
  readonly delayMs: number
}

export function createHandHearing(): HandHearing {
  let newest = 0
  let lastEvent = 0
  let sounding: readonly Sounding[] = []
  let needs: readonly number[] = []
  let ownDelayMs = 0

  const noteNeed = (needMs: number): void => {
    needs = [...needs, needMs].slice(-NEEDS)
    if (needMs > ownDelayMs) ownDelayMs = needMs + SPARE_MS
    const met = [...needs].sort((a, b) => a - b)[Math.floor(MET * (needs.length - 1))] ?? 0
    const isSlack = needs.length === NEEDS && ownDelayMs - met > SHRINK_MS
    if (isSlack && sounding.length === 0) ownDelayMs = met + SPARE_MS
  }
  const stop = (one: Sounding, atMs: number): HandStroke => {
    sounding = sounding.filter((each) => each !== one)
    const { track, pitch, number, delayMs } = one
    return { track, pitch, velocity: 0, sharedMs: atMs + delayMs, number }
  }
  const find = (track: TrackId, pitch: Pitch): Sounding | undefined =>
    sounding.find((each) => each.track === track && each.pitch === pitch)

  return {
    take(frame, nowMs, reachMs) {
      const strokes: HandStroke[] = []
      const { track, delayMs } = frame
      frame.events.forEach(({ pitch, velocity, sharedMs }, index) => {
        const number = frame.first + index
        if (number <= lastEvent) return
        lastEvent = number
        const needMs = nowMs - sharedMs + reachMs
        const before = find(track, pitch)
        if (before !== undefined) strokes.push(stop(before, sharedMs))
        const isStale = needMs - delayMs > STALE_MS
        if (velocity === 0 || isStale) return
        noteNeed(needMs)
        const heardLater = delayMs > 0 ? delayMs : ownDelayMs
        sounding = [...sounding, { track, pitch, number, delayMs: heardLater }]
        strokes.push({ track, pitch, velocity, sharedMs: sharedMs + heardLater, number })
      })
      if (frame.number <= newest) return strokes
      newest = frame.number
      // The newest has the last word on what is held: whatever was lost on the way, nothing hangs.
      for (const one of sounding) {
        const isHeld = one.track === track && frame.held.includes(one.pitch)
        if (!isHeld) strokes.push(stop(one, frame.sharedMs))
      }
      return strokes
    },
    release: (nowMs) => sounding.map((one) => stop(one, nowMs)),
    sounding: () => sounding,
    needMs: () => (needs.length === 0 ? undefined : Math.max(...needs.slice(-NEEDS / 4))),
  }
}
