import { BEATS_PER_BAR } from '../sequence/time.ts'
import { createClick } from './dsp/click.ts'
import type { ClickSettings, FrameSegment } from './engine-types.ts'
import { beatAtFrame, frameOfBeat } from './frame-beats.ts'

/** Clicks on the beats of a song that moves. */
export interface Metronome {
  set(click: ClickSettings): void
  /** From `from` up to, not with, `to` the song moves by `segment`. @param blockFrame first frame of the coming mix */
  walk(segment: FrameSegment, from: number, to: number, blockFrame: number): void
  /** The song stops: the next one to move begins anew. */
  halt(): void
  mix(left: Float64Array, right: Float64Array, count: number): void
}

/** Kept in a record: a number that changes inside a closure becomes a new object with each change. */
interface Place {
  /** The beat that clicks next; NaN until the song moves. */
  nextBeat: number
}

/** A map that is corrected by less moves a click, and repeats or skips none; beyond it the song is elsewhere. */
const NEAR_BEATS = 0.25

export function createMetronome(sampleRate: number): Metronome {
  const sound = createClick(sampleRate)
  const place: Place = { nextBeat: NaN }
  let settings: ClickSettings = { metronome: false, countIn: false, level: 0 }

  const isHeard = (beat: number): boolean => settings.metronome || (settings.countIn && beat < 0)
  return {
    set(click) {
      settings = click
    },
    walk(segment, from, to, blockFrame) {
      const here = beatAtFrame(segment, from - 0.5)
      const ahead = place.nextBeat - here
      const isNear = ahead >= -NEAR_BEATS && ahead <= 1 + NEAR_BEATS
      if (!isNear) place.nextBeat = Math.ceil(here)
      for (;;) {
        const beat = place.nextBeat
        const frame = frameOfBeat(segment, beat)
        if (frame >= to) return
        if (isHeard(beat))
          sound.begin(beat % BEATS_PER_BAR === 0, Math.max(from, frame) - blockFrame)
        place.nextBeat = beat + 1
      }
    },
    halt() {
      place.nextBeat = NaN
    },
    mix(left, right, count) {
      sound.mix(left, right, count, settings.level)
    },
  }
}
