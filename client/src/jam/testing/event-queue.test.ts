import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventQueue } from './event-queue.ts'

test('events run in the order of their moments, and of one moment in the order they were planned', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (moments) => {
      const queue = createEventQueue()
      const ran: (readonly [number, number])[] = []
      for (const [index, ms] of moments.entries()) queue.at(ms, () => ran.push([ms, index]))

      queue.runUntil(20)

      const sorted = [...moments.entries()]
        .map(([index, ms]) => [ms, index] as const)
        .toSorted(([oneMs, one], [otherMs, other]) => oneMs - otherMs || one - other)
      expect(ran).toEqual(sorted)
    }),
  )
})

test('what is taken back does not run, and what is planned meanwhile does', () => {
  const queue = createEventQueue()
  const ran: string[] = []
  const undo = queue.at(5, () => ran.push('never'))
  queue.at(1, () => {
    undo()
    queue.at(3, () => ran.push(`at ${String(queue.nowMs())}`))
  })

  queue.runUntil(10)

  expect(ran).toEqual(['at 3'])
  expect(queue.nowMs()).toBe(10)
})
