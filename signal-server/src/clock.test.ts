import { expect, test, vi } from 'vitest'
import { systemClock, type Clock } from './clock.ts'
import { createManualClock } from './manual-clock.ts'

interface Stage {
  readonly clock: Clock
  readonly advance: (ms: number) => void
}

const stages: Readonly<Record<string, () => Stage>> = {
  system() {
    vi.useFakeTimers()
    return { clock: systemClock, advance: (ms) => void vi.advanceTimersByTime(ms) }
  },
  manual() {
    const clock = createManualClock()
    return {
      clock,
      advance: (ms) => {
        clock.advance(ms)
      },
    }
  },
}

test.each(Object.entries(stages))('the %s clock runs what is due, in order, once', (_name, set) => {
  const { clock, advance } = set()
  const startMs = clock.nowMs()
  const startWallMs = clock.wallMs()
  const ran: string[] = []
  clock.after(20, () => ran.push(`late at ${String(clock.nowMs() - startMs)}`))
  clock.after(10, () => ran.push(`early at ${String(clock.nowMs() - startMs)}`))
  const undo = clock.after(15, () => ran.push('never'))

  undo()
  advance(19)
  const before = [...ran]
  advance(100)

  expect(before).toEqual(['early at 10'])
  expect(ran).toEqual(['early at 10', 'late at 20'])
  expect(clock.wallMs() - startWallMs).toBe(119)
  vi.useRealTimers()
})

test.each(Object.entries(stages))('on the %s clock what is due can order more', (_name, set) => {
  const { clock, advance } = set()
  const ran: number[] = []
  clock.after(10, () => {
    ran.push(1)
    clock.after(10, () => ran.push(2))
  })

  advance(20)

  expect(ran).toEqual([1, 2])
  vi.useRealTimers()
})
