import type { Undo } from '../lib/scope.ts'
import type { Timers } from './timers.ts'

/** What is still to be done, and is not, once it is closed. */
export interface Waits {
  /** @param ms  from now */
  after(ms: number, run: () => void): void
  close: Undo
}

export function createWaits(timers: Pick<Timers, 'after'>): Waits {
  const undos = new Set<Undo>()
  return {
    after(ms, run) {
      const undo = timers.after(ms, () => {
        undos.delete(undo)
        run()
      })
      undos.add(undo)
    },
    close() {
      for (const undo of undos) undo()
      undos.clear()
    },
  }
}
