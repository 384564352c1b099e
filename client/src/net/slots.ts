import type { Undo } from '../lib/scope.ts'

/** Bounds how many of something are under way at once; the others wait in line. */
export interface Slots {
  /** Calls `run` when there is room, perhaps now. @returns gives the place, or the place in line, back */
  take(run: () => void): Undo
}

export function createSlots(max: number): Slots {
  const waiting: { run: () => void }[] = []
  const taken = new Set<object>()

  function serve(): void {
    while (taken.size < max) {
      const next = waiting.shift()
      if (next === undefined) return
      taken.add(next)
      next.run()
    }
  }

  return {
    take(run) {
      const entry = { run }
      waiting.push(entry)
      serve()
      return () => {
        const at = waiting.indexOf(entry)
        if (at >= 0) waiting.splice(at, 1)
        if (taken.delete(entry)) serve()
      }
    },
  }
}
