import { isLong } from './long.ts'
import { expect, test } from './jammers.ts'

/** A closed tab is at most 15 s from silence to away, and 20 s further to gone. */
const UNTIL_GONE_MS = 45_000

test('somebody who leaves is gone at once', async ({ jammers }) => {
  const [ana, bo] = await jammers(2)

  await bo.page.getByRole('button', { name: 'Leave', exact: true }).click()

  await expect(ana.person('bo')).toHaveCount(0, { timeout: 3000 })
})

test('a tab that vanishes is away first, then gone', async ({ jammers }) => {
  test.skip(!isLong, 'npm run stress -- mesh plays it')
  test.setTimeout(90_000)
  const [ana, bo] = await jammers(2)

  await bo.page.context().close()

  await expect(ana.person('bo')).toContainText('away', { timeout: UNTIL_GONE_MS })
  await expect(ana.person('bo')).toHaveCount(0, { timeout: UNTIL_GONE_MS })
})
