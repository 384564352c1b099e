import type { Clock, Undo } from './clock.ts'

/** How long playback alone keeps a seat, after the last touch; chosen so that a forgotten tab ends within an evening. */
const PLAYBACK_COUNTS_MS = 3_600_000

/** Watches whether anybody is still at one seat. */
export interface IdleWatch {
  active(by: 'input' | 'playback'): void
  end: Undo
}

/** @param onIdle called once, `timeoutMs` after the last sign of life; taking the seat counts as one */
export function watchIdle(clock: Clock, timeoutMs: number, onIdle: () => void): IdleWatch {
  let inputMs = clock.nowMs()
  let playbackMs = inputMs
  let end = wait()

  function wait(): Undo {
    return clock.after(idleAtMs(inputMs, playbackMs, timeoutMs) - clock.nowMs(), look)
  }

  function look(): void {
    if (clock.nowMs() >= idleAtMs(inputMs, playbackMs, timeoutMs)) onIdle()
    else end = wait()
  }

  return {
    active(by) {
      if (by === 'input') inputMs = clock.nowMs()
      else playbackMs = clock.nowMs()
    },
    end() {
      end()
    },
  }
}

function idleAtMs(inputMs: number, playbackMs: number, timeoutMs: number): number {
  const playbackEndsMs = Math.min(playbackMs + timeoutMs, inputMs + PLAYBACK_COUNTS_MS)
  return Math.max(inputMs + timeoutMs, playbackEndsMs)
}
