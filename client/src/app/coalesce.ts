import type { Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'

/** Thins out a stream of changes to one thing, so that a drag does not become hundreds of edits. */
export interface Coalescer {
  /** Runs at once when nothing under `key` ran lately; else the latest one runs when the period is over. */
  put(key: string, run: () => void): void
  /** Runs what still waits. */
  flush(): void
  close: Undo
}

export function createCoalescer(timers: Pick<Timers, 'after'>, periodMs: number): Coalescer {
  const waiting = new Map<string, { run: (() => void) | undefined; readonly undo: Undo }>()
  const start = (key: string): void => {
    const undo = timers.after(periodMs, () => {
      const run = waiting.get(key)?.run
      waiting.delete(key)
      if (run === undefined) return
      start(key)
      run()
    })
    waiting.set(key, { run: undefined, undo })
  }
  const flush = (): void => {
    for (const { run, undo } of waiting.values()) {
      undo()
      run?.()
    }
    waiting.clear()
  }
  return {
    put(key, run) {
      const entry = waiting.get(key)
      if (entry !== undefined) {
        entry.run = run
        return
      }
      start(key)
      run()
    },
    flush,
    close: flush,
  }
}
