import { BEATS_PER_BAR } from '../sequence/time.ts'
import type { FrameSegment, FrameTempo } from '../sound/engine-types.ts'
import { beatAtFrame, firstFrameOf, frameOfBeat } from '../sound/frame-beats.ts'

/** Whole bars that were played one after the other, by frames of the audio's clock. */
export interface PlayedBars {
  readonly count: number
  readonly from: number
  readonly to: number
}

/** Remembers on which frames the bars of the song began, by what the engine was told. */
export interface BarLog {
  /** From this frame on the song moves by another map. */
  follow(tempo: FrameTempo, frame: number): void
  /**
   * The latest whole bars that ended before a frame.
   *
   * @param most    of them
   * @param oldest  frame before which nothing counts
   */
  bars(most: number, frame: number, oldest: number): PlayedBars | undefined
}

interface BarLine {
  readonly frame: number
  /** Counted from the beginning of the song. */
  readonly bar: number
  /** Whether a bar ends here that was played whole. */
  readonly ends: boolean
}

/** A map that is corrected by less moves a bar line, and repeats or skips none; beyond it the song is elsewhere. */
const NEAR_BARS = 0.0625
/** More than a minute has, at any tempo. */
const MOST_LINES = 100

export function createBarLog(): BarLog {
  let lines: readonly BarLine[] = []
  let tempo: FrameTempo | undefined
  let walked = 0
  /** The bar whose line comes next, while the song moves on from the last one. */
  let next: number | undefined
  /** Where the song was when it was last walked, in bars. */
  let reached = 0

  const walkSegment = (segment: FrameSegment, from: number, to: number): void => {
    if (!segment.playing) {
      next = undefined
      return
    }
    const barAt = (frame: number): number => beatAtFrame(segment, frame - 0.5) / BEATS_PER_BAR
    if (Math.abs(barAt(from) - reached) > NEAR_BARS) next = undefined
    reached = barAt(to)
    // The song begins at bar 0; before it is the count-in.
    let bar = next ?? Math.max(0, Math.ceil(barAt(from)))
    for (;;) {
      const frame = frameOfBeat(segment, bar * BEATS_PER_BAR)
      if (frame >= to) return
      lines = [...lines.slice(1 - MOST_LINES), { frame, bar, ends: next === bar }]
      bar += 1
      next = bar
    }
  }
  const walk = (to: number): void => {
    if (tempo === undefined || to <= walked) return
    const [first, second] = tempo
    const change = second === undefined ? to : Math.min(to, Math.max(walked, firstFrameOf(second)))
    if (change > walked) walkSegment(first, walked, change)
    if (second !== undefined && to > change) walkSegment(second, change, to)
    walked = to
  }

  return {
    follow(following, frame) {
      if (tempo === undefined) walked = frame
      else walk(frame)
      tempo = following
    },
    bars(most, frame, oldest) {
      walk(frame)
      const end = lines.findLastIndex((line) => line.ends && line.frame <= frame)
      const last = lines[end]
      if (last === undefined) return undefined
      let begin = end
      for (
        let place = end;
        place > 0 && end - begin < most && lines[place]?.ends === true;
        place--
      ) {
        if ((lines[place - 1]?.frame ?? -Infinity) < oldest) break
        begin = place - 1
      }
      const first = lines[begin]
      if (first === undefined || begin === end) return undefined
      return { count: end - begin, from: first.frame, to: last.frame }
    },
  }
}
