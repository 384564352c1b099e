import { expect, test } from 'vitest'
import { createManualClock } from './manual-clock.ts'
import { garbageCollector, keepTidy } from './tidy.ts'

function given() {
  const clock = createManualClock()
  let sockets = 0
  let collected = 0
  const end = keepTidy(
    clock,
    () => sockets,
    () => (collected += 1),
  )
  return {
    clock,
    end,
    collected: () => collected,
    look(count: number) {
      sockets = count
      clock.advance(10_000)
    },
  }
}

test('garbage is collected once when most of a crowd has left, and again after the next crowd', () => {
  const { look, collected } = given()

  look(5000)
  look(3000)
  expect(collected()).toBe(0)
  look(2500)
  expect(collected()).toBe(1)
  look(0)
  expect(collected()).toBe(2)
  look(0)
  look(5000)
  look(0)

  expect(collected()).toBe(3)
})

test('few who leave are no crowd, and nothing runs after the end', () => {
  const { look, collected, end, clock } = given()
  look(999)
  look(0)
  end()

  expect(collected()).toBe(0)
  expect(clock.pending()).toBe(0)
})

test('the collector collects', async () => {
  const junk = new WeakRef({})
  // What was looked at stays until the end of the task.
  await new Promise((resolve) => setImmediate(resolve))

  garbageCollector()()

  expect(junk.deref()).toBeUndefined()
})
