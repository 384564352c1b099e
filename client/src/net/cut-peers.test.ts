import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createCutPeers } from './cut-peers.ts'

const [ANA, BO] = ['a', 'b'].map((letter) => letter.repeat(26)) as [PeerId, PeerId]

test('[LINK9] who was cut off and asks is told the code three times, then once in 20 s', () => {
  const cuts = createCutPeers()
  cuts.byUs(ANA, 'too-fast')
  const askAll = (nowMs: number): unknown[] => [1, 2, 3, 4].map(() => cuts.answerTo(ANA, nowMs))

  expect(askAll(0)).toEqual(['too-fast', 'too-fast', 'too-fast', undefined])
  expect(askAll(20_000)).toEqual(['too-fast', undefined, undefined, undefined])
  expect(cuts.answerTo(BO, 0)).toBeUndefined()
})

test('[LINK9] who was cut off on both sides is not forgiven for being reloaded', () => {
  const cuts = createCutPeers()
  cuts.byThem(ANA, 'page-1')
  cuts.byThem(BO, 'page-1')
  cuts.byUs(BO, 'too-fast')

  expect([cuts.isForgiven(ANA, 'page-1'), cuts.isForgiven(ANA, 'page-2')]).toEqual([false, true])
  expect([cuts.isForgiven(BO, 'page-2'), cuts.has(ANA), cuts.has(BO)]).toEqual([false, false, true])
})
