import { env } from 'node:process'
import { expect, test } from 'vitest'
import { playSchedules } from './schedules.ts'

/** `npm run stress -- mesh` plays thousands. */
const COUNT = 150

test('[SYNC1] after 150 random schedules all songs are equal and no edit is missing', async () => {
  const seed = Number(env['SEED'])

  const { failures, played, compactions } = await playSchedules(seed, COUNT)

  expect(failures, `of ${played} schedules drawn from seed ${seed}`).toEqual([])
  expect(compactions).toBeGreaterThan(0)
}, 300_000)
