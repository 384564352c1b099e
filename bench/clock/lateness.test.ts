import { expect, test } from 'vitest'
import type { KnownChange } from '../page/changes-types.ts'
import { metChanges } from './lateness.ts'

const known = (change: Partial<KnownChange>): KnownChange => ({
  key: 'ana/1',
  isOwn: true,
  kind: 'tempo',
  knownMs: 1000,
  agreedMs: 1300,
  latencyMs: 40,
  ...change,
})

test('a change that both know before its moment is in time, and they act as far apart as their clocks are', () => {
  const atAna = [known({})]
  const atBo = [known({ isOwn: false, knownMs: 1030, agreedMs: 1302 })]

  expect(metChanges(atAna, atBo)).toEqual([
    { kind: 'tempo', lateMs: -232, apartMs: 2, apartOnArrivalMs: 30 },
  ])
})

test('a change known within the output’s latency before its moment is late, and heard so much later', () => {
  const atAna = [known({})]
  const atBo = [known({ isOwn: false, knownMs: 1270 })]

  expect(metChanges(atAna, atBo)).toEqual([
    { kind: 'tempo', lateMs: 10, apartMs: 10, apartOnArrivalMs: 270 },
  ])
})

test('what one of the two never heard of, and what holds at once, is no change agreed ahead', () => {
  const atAna = [known({}), known({ key: 'ana/2', kind: undefined })]
  const atBo = [known({ key: 'ana/2', kind: undefined })]

  expect(metChanges(atAna, atBo)).toEqual([])
})
