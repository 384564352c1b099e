import { expect, test } from 'vitest'
import { copyToTake, type CopyView } from './copy-verdict.ts'
import { ANA, BO, CY } from './jam-stage.ts'

const DEE = 'd'.repeat(26) as typeof ANA
const view = (peer: typeof ANA, content: string, ageMs = 0, state = 's'): CopyView => ({
  peer,
  mark: { state, content },
  ageMs,
})
const young = view(BO, 'x', 10)
const old = view(BO, 'x', 10_000)
const middling = view(BO, 'x', 99)

test.each<[string, CopyView, number, readonly CopyView[], typeof ANA | undefined]>([
  ['alone', young, 1, [], undefined],
  ['one other, the same', young, 2, [view(ANA, 'x')], undefined],
  ['one other, older', young, 2, [view(ANA, 'y', 99)], ANA],
  ['one other, younger', old, 2, [view(ANA, 'y', 99)], undefined],
  ['one other, as old, with the lower id', middling, 2, [view(ANA, 'y', 99)], ANA],
  ['one other, as old, with the higher id', middling, 2, [view(CY, 'y', 99)], undefined],
  ['one other, older, who has heard of more', young, 2, [view(ANA, 'y', 99, 't')], undefined],
  ['two against one', old, 3, [view(ANA, 'y', 1), view(CY, 'y', 2)], CY],
  ['two against one and against each other', old, 3, [view(ANA, 'y'), view(CY, 'z')], undefined],
  ['one against two', young, 3, [view(ANA, 'y', 99), view(CY, 'x')], undefined],
  ['one against one, the third unheard', young, 3, [view(ANA, 'y', 99)], undefined],
  [
    'two against two, theirs the older',
    young,
    4,
    [view(ANA, 'y', 99), view(CY, 'y'), view(DEE, 'x', 50)],
    ANA,
  ],
  [
    'two against two, ours the older',
    young,
    4,
    [view(ANA, 'y', 99), view(CY, 'y'), view(DEE, 'x', 150)],
    undefined,
  ],
  [
    'two against one, the fourth unheard',
    old,
    4,
    [view(ANA, 'y', 1e308), view(CY, 'y')],
    undefined,
  ],
])('[SYNC10] %s', (_what, self, room, views, taken) => {
  expect(copyToTake(self, room, views)?.peer).toBe(taken)
})
