import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Pitch } from '../sequence/pattern.ts'
import { SCALES } from '../sequence/scale.ts'
import type { Song } from '../sequence/song.ts'
import type { Notice } from './session-types.ts'
import type { Drawer } from './storage.ts'

/** Two soft notes of the room's scale when somebody joins, for this person alone. */
export interface JoinChime {
  readonly chimes: Live<boolean>
  setChimes(chimes: boolean): void
  close: Undo
}

export interface JoinChimeOptions {
  readonly song: Live<Song>
  readonly onNotice: (listener: (notice: Notice) => void) => Undo
  readonly timers: Pick<Timers, 'now'>
  readonly drawer: Drawer
  /** Until the next beat is heard, ms; 0 while the song stands. */
  readonly untilBeatMs: () => number
  /** @param waitMs  until the first note is to be heard */
  readonly ring: (pitches: readonly Pitch[], waitMs: number) => void
}

const KEY = 'chime'
const OFF = 'off'
/** However many come in at once. */
const PERIOD_MS = 2000
/** The root is the one from here up. */
const ABOVE: Pitch = 72
const FIFTH = 7

export function createJoinChime(options: JoinChimeOptions): JoinChime {
  const { song, timers, drawer } = options
  const scope = createScope()
  const chimes = createLive(drawer.read(KEY) !== OFF)
  let lastMs = -Infinity

  scope.own(
    options.onNotice(({ kind }) => {
      if (kind !== 'joined' || !chimes.read() || timers.now() - lastMs < PERIOD_MS) return
      lastMs = timers.now()
      options.ring(chimePitches(song.read()), options.untilBeatMs())
    }),
  )
  return {
    chimes,
    setChimes(next) {
      chimes.set(next)
      drawer.write(KEY, next ? 'on' : OFF)
    },
    close: scope.close,
  }
}

/** Up from the root to the degree that is nearest to a fifth. */
export function chimePitches({ root, scale }: Pick<Song, 'root' | 'scale'>): readonly Pitch[] {
  const degrees: readonly number[] = SCALES[scale]
  const above = degrees.filter((degree) => degree > 0)
  const far = (degree: number): number => Math.abs(degree - FIFTH)
  const second = above.reduce((best, degree) => (far(degree) < far(best) ? degree : best))
  return [ABOVE + root, ABOVE + root + second]
}
