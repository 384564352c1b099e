import type { Page } from '@playwright/test'
import type { FrameCounts } from './watch-frames.ts'

/** What a page drew meanwhile. @param drives  whether it is asked for each frame, so that it is seen which did not come */
export async function watched(
  page: Page,
  run: () => Promise<void>,
  drives = true,
): Promise<FrameCounts> {
  await page.evaluate((paces) => window.frameWatch?.begin(paces), drives)
  await run()
  const counts = await page.evaluate(() => window.frameWatch?.end())
  if (counts === undefined) throw new Error('the page must watch its frames')
  return counts
}

/** Frames in a second, by the time from each to the next. */
export const fpsOf = ({ gapsMs }: FrameCounts): number =>
  Number(((1000 * gapsMs.length) / gapsMs.reduce((sum, gap) => sum + gap, 0)).toFixed(1))
