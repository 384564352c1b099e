import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createPageName, isPageName } from './page-name.ts'
import { createReplayGuard } from './replay-guard.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]
const [OLD, NEW] = [createPageName(5000), createPageName(5001)]

test('[LINK11] a signal is taken once, in whatever order the newest 64 come', () => {
  const guard = createReplayGuard()
  const order = [3, 0, 66, 3, 67, 4, 3, 2, 67]

  expect(order.map((seq) => guard.admits(ANA, OLD, seq))).toEqual([
    true, // 3
    true, // 0
    true, // 66
    false, // 3 again, still in the window
    true, // 67
    true, // 4 is the oldest that can be told
    false, // 3 cannot any more
    false, // nor 2, which was never heard
    false, // 67 again
  ])
})

test('[LINK11] once a later page was heard, the one before says nothing more', () => {
  const guard = createReplayGuard()

  expect(guard.admits(ANA, OLD, 9)).toBe(true)
  expect(guard.admits(ANA, NEW, 0)).toBe(true)
  expect(guard.admits(ANA, OLD, 10)).toBe(false)
  expect(guard.admitsPage(ANA, OLD)).toBe(false)
  expect(guard.admitsPage(ANA, NEW)).toBe(true)
  expect(guard.admits(BO, OLD, 10)).toBe(true)
})

test('names of pages are in the order of their time, also when the clock is set back', () => {
  const first = createPageName(Date.UTC(2026, 10, 20))
  const second = createPageName(Date.UTC(2026, 10, 20), first)
  const afterSetBack = createPageName(Date.UTC(1999, 0, 1), second)
  const muchLater = createPageName(Date.UTC(2090, 0, 1), afterSetBack)

  const names = [first, second, afterSetBack, muchLater]
  expect(names.toSorted()).toEqual(names)
  expect(new Set(names).size).toBe(4)
  expect(names.every(isPageName)).toBe(true)
})
