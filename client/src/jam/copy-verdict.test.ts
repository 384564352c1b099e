import { expect, test } from 'vitest'
import { copyToTake, type CopyView } from './copy-verdict.ts'
import { ANA, BO, CY } from './jam-stage.ts'

const DEE = 'd'.repeat(26) as typeof ANA
const view = (peer: typeof ANA, differs: boolean, ageMs = 0): CopyView => ({ peer, differs, ageMs })
const young = { peer: BO, ageMs: 10 }
const old = { peer: BO, ageMs: 10_000 }

test.each<[string, typeof young, number, readonly CopyView[], typeof ANA | undefined]>([
  ['alone', young, 1, [], undefined],
  ['one other, the same', young, 2, [view(ANA, false)], undefined],
  ['one other, older', young, 2, [view(ANA, true, 99)], ANA],
  ['one other, younger', old, 2, [view(ANA, true, 99)], undefined],
  ['one other, as old, with the lower id', { peer: BO, ageMs: 99 }, 2, [view(ANA, true, 99)], ANA],
  [
    'one other, as old, with the higher id',
    { peer: BO, ageMs: 99 },
    2,
    [view(CY, true, 99)],
    undefined,
  ],
  ['two against one', old, 3, [view(ANA, true, 1), view(CY, true, 2)], CY],
  ['one against two', young, 3, [view(ANA, true, 99), view(CY, false)], undefined],
  ['one against one while the third is unheard', young, 3, [view(ANA, true, 99)], undefined],
  [
    'two against two, theirs the older',
    young,
    4,
    [view(ANA, true, 99), view(CY, true), view(DEE, false, 50)],
    ANA,
  ],
  [
    'two against two, ours the older',
    young,
    4,
    [view(ANA, true, 99), view(CY, true), view(DEE, false, 150)],
    undefined,
  ],
  [
    'two against one while the fourth is unheard',
    old,
    4,
    [view(ANA, true), view(CY, true)],
    undefined,
  ],
])('[SYNC10] %s', (_what, self, room, views, taken) => {
  expect(copyToTake(self, room, views)).toBe(taken)
})
