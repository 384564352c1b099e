import type { Undo } from '../../lib/scope.ts'

/** What is to happen, in the order of its moments; of one moment in the order in which it was planned. */
export interface EventQueue {
  nowMs(): number
  at(ms: number, run: () => void): Undo
  /** Runs everything up to that moment. */
  runUntil(ms: number): void
}

interface Planned {
  readonly atMs: number
  readonly order: number
  run: (() => void) | undefined
}

/** A binary heap. */
export function createEventQueue(): EventQueue {
  const heap: Planned[] = []
  let nowMs = 0
  let planned = 0

  const isBefore = (one: Planned, other: Planned): boolean =>
    one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
  function push(entry: Planned): void {
    let index = heap.length
    heap.push(entry)
    while (index > 0) {
      const above = (index - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || isBefore(parent, entry)) break
      heap[index] = parent
      index = above
    }
    heap[index] = entry
  }
  function pop(): void {
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      const left = heap[child]
      if (left === undefined) break
      const right = heap[child + 1]
      if (right !== undefined && isBefore(right, left)) child += 1
      const least = heap[child]
      if (least === undefined || isBefore(last, least)) break
      heap[index] = least
      index = child
    }
    heap[index] = last
  }
  return {
    nowMs: () => nowMs,
    at(ms, run) {
      const entry: Planned = { atMs: Math.max(ms, nowMs), order: planned++, run }
      push(entry)
      return () => {
        entry.run = undefined
      }
    },
    runUntil(ms) {
      for (let next = heap[0]; next !== undefined && next.atMs <= ms; next = heap[0]) {
        pop()
        nowMs = next.atMs
        next.run?.()
      }
      nowMs = ms
    },
  }
}
