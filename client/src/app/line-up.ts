import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import type { SpeakerClock } from './speaker-clock.ts'

/** Clicks at moments that can be seen too, so that a person can say whether this device sounds late. */
export interface LineUp {
  /** While it clicks. */
  readonly clicks: Live<boolean>
  /** Begins; where it clicks already, anew. */
  start(): Undo
  /** How far from one click to the next the moment that is heard now is: 0 to 1; undefined while it does not click. */
  phase(): number | undefined
  close: Undo
}

export interface LineUpOptions {
  readonly clock: Pick<Jam['clock'], 'sharedMsAt'>
  readonly speaker: Pick<SpeakerClock, 'frameAt' | 'onChange'>
  readonly output: Pick<AudioOutput, 'read' | 'sampleRate' | 'click'>
  readonly timers: Timers
  /** 0 to 1. */
  readonly loudness: () => number
}

/** Twice the longest trim, so that no click is mistaken for the one before. */
export const CLICK_PERIOD_MS = 600
/** How far ahead clicks are planned: beyond the longest time between two readings of a busy page. */
const AHEAD_SECONDS = 1
/** Less cannot be planned any more; such a click is left out. */
const LEAST_SECONDS = 0.005
/** A planned click that is off by more is planned anew, as when the trim was moved. */
const OFF_SECONDS = 0.0005

interface Planned {
  readonly seconds: number
  readonly cancel: Undo
}

export function createLineUp(options: LineUpOptions): LineUp {
  const { clock, speaker, output, timers } = options
  const clicks = createLive(false)
  let run = createScope()

  const begin = (scope: ReturnType<typeof createScope>): void => {
    /** By number of the click in shared time. */
    const planned = new Map<number, Planned>()
    const plan = (): void => {
      const nowSeconds = output.read()?.currentTime
      if (nowSeconds === undefined) return
      for (const [number, { seconds }] of planned) if (seconds < nowSeconds) planned.delete(number)
      const first = Math.floor(clock.sharedMsAt(timers.now()) / CLICK_PERIOD_MS)
      for (let number = first; ; number++) {
        const frame = speaker.frameAt(number * CLICK_PERIOD_MS)
        if (frame === undefined) return
        const seconds = frame / output.sampleRate
        if (seconds > nowSeconds + AHEAD_SECONDS) return
        const known = planned.get(number)
        if (known !== undefined && Math.abs(known.seconds - seconds) < OFF_SECONDS) continue
        known?.cancel()
        planned.delete(number)
        if (seconds < nowSeconds + LEAST_SECONDS) continue
        planned.set(number, { seconds, cancel: output.click(seconds, options.loudness()) })
      }
    }
    scope.own(() => {
      for (const { cancel } of planned.values()) cancel()
    })
    scope.own(speaker.onChange(plan))
    plan()
  }

  return {
    clicks,
    start() {
      run.close()
      const scope = createScope()
      run = scope
      begin(scope)
      scope.own(() => {
        clicks.set(false)
      })
      clicks.set(true)
      return scope.close
    },
    phase() {
      if (!clicks.read() || output.read() === undefined) return undefined
      const number = clock.sharedMsAt(timers.now()) / CLICK_PERIOD_MS
      return number - Math.floor(number)
    },
    close: () => {
      run.close()
    },
  }
}
