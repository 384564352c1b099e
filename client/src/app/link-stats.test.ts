import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { type LinkMeters, readLinkStats } from './link-stats.ts'

const BO = 'bo' as PeerId

const meters = (
  stats: ReturnType<LinkMeters['linkStats']>,
  loss: number | undefined,
): LinkMeters => ({ linkStats: () => stats, lossOf: () => loss })

test('figures are as coarse as people read them', () => {
  const read = readLinkStats(meters({ route: 'turn', rttMs: 41.6 }, 1 / 30), BO)

  expect(read).toEqual({ route: 'turn', rttMs: 42, loss: 0.03 })
})

test('what is not measured yet is not told', () => {
  expect(readLinkStats(meters({ route: 'server' }, undefined), BO)).toEqual({ route: 'server' })
})

test('without a link there is nothing to tell', () => {
  expect(readLinkStats(meters({ route: 'none', rttMs: 40 }, 0), BO)).toBeUndefined()
})
