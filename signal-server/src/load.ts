import type { Clock, Undo } from './clock.ts'

/** Whether the process has more to do than it can. */
export interface Load {
  isOver(): boolean
  readonly end: Undo
}

export interface LoadLimits {
  /** How late the process may come to what is due. */
  readonly lagMs: number
  /** Resident memory; Infinity: no limit. */
  readonly memoryBytes: number
}

const LOOK_EVERY_MS = 500
/** One late look is a pause to collect garbage; so many in a row are not. */
const LOOKS_IN_A_ROW = 2

/** @param memoryBytes resident memory of the process at this moment */
export function createLoad(clock: Clock, limits: LoadLimits, memoryBytes: () => number): Load {
  let dueMs = clock.nowMs() + LOOK_EVERY_MS
  let overInARow = 0
  let endLook = clock.after(LOOK_EVERY_MS, look)

  function look(): void {
    const lagMs = clock.nowMs() - dueMs
    const isOver = lagMs > limits.lagMs || memoryBytes() > limits.memoryBytes
    overInARow = isOver ? overInARow + 1 : 0
    dueMs = clock.nowMs() + LOOK_EVERY_MS
    endLook = clock.after(LOOK_EVERY_MS, look)
  }

  return {
    isOver: () => overInARow >= LOOKS_IN_A_ROW,
    end() {
      endLook()
    },
  }
}
