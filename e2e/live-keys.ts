import type { Jammer } from './jammer.ts'
import { expect } from './jammers.ts'

/** Opens the keys or pads below the roll. */
export const openKeys = async ({ page }: Jammer): Promise<void> => {
  await page.getByRole('button', { name: 'Play live' }).click()
  await expect(page.getByRole('group', { name: /^(Keys|Pads)$/ })).toBeVisible()
}

/** Strikes a key of the computer's keyboard, so many times, so far apart. */
export async function strike(
  { page }: Jammer,
  key: string,
  times: number,
  everyMs: number,
): Promise<void> {
  for (let left = times; left > 0; left--) {
    await page.keyboard.down(key)
    await page.waitForTimeout(60)
    await page.keyboard.up(key)
    await page.waitForTimeout(everyMs - 60)
  }
}
