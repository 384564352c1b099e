import { expect, test } from 'vitest'
import { createGovernor, type Governor } from './governor.ts'

/** So many seconds of blocks of 3 ms, told by a clock of whole milliseconds. */
function spend(governor: Governor, seconds: number, load: number): void {
  let spentMs = 0
  for (let block = 0; block < (seconds * 1000) / 3; block++) {
    const before = Math.floor(spentMs)
    spentMs += 3 * load
    governor.note(Math.floor(spentMs) - before, 3)
  }
}

test('a load that is carried gives up nothing, and is told', () => {
  const governor = createGovernor()

  spend(governor, 20, 0.6)

  expect(governor.ease()).toBe(0)
  expect(governor.load()).toBeCloseTo(0.6, 1)
})

test('a load that is too much gives up one thing more each second, up to all', () => {
  const governor = createGovernor()
  const given = [1, 1, 1, 1, 1].map((seconds) => {
    spend(governor, seconds + 0.01, 0.9)
    return governor.ease()
  })

  expect(given).toEqual([1, 2, 3, 3, 3])
})

test('what was given up is taken back one by one after ten calm seconds each', () => {
  const governor = createGovernor()
  spend(governor, 2.1, 0.9)
  expect(governor.ease()).toBe(2)

  spend(governor, 9, 0.1)
  expect(governor.ease()).toBe(2)
  spend(governor, 2, 0.1)
  expect(governor.ease()).toBe(1)
  spend(governor, 11, 0.1)
  expect(governor.ease()).toBe(0)
})

test('a load between the two changes nothing either way', () => {
  const governor = createGovernor()
  spend(governor, 1.1, 0.9)

  spend(governor, 60, 0.5)

  expect(governor.ease()).toBe(1)
})

test('a clock that is set back or forth gives up nothing, and hides no load', () => {
  const governor = createGovernor()
  spend(governor, 0.5, 0.1)
  governor.note(3_600_000, 3)
  spend(governor, 0.6, 0.1)
  const afterLeap = governor.ease()

  governor.note(-3_600_000, 3)
  spend(governor, 2.1, 0.9)

  expect(afterLeap).toBe(0)
  expect(governor.ease()).toBe(2)
})
