import { env } from 'node:process'
import type { LiveReport } from '../page/sound-types.ts'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { onSoundPage } from './page.ts'

const SECONDS = Number(env['SOUND_SECONDS'] ?? '60')

/** Whether the sound breaks off in a real context, while the page's main thread is hardly ever free. */
export const liveRows = (say: Say): Promise<readonly Row[]> =>
  onSoundPage(async (page) => {
    say(`sound: aloud for ${String(SECONDS)} s, the main thread busy …`)
    const report = await page.evaluate((seconds) => {
      if (window.soundPage === undefined) throw new Error('the page must be ready')
      return window.soundPage.live(seconds)
    }, SECONDS)
    return [rowOf(report)]
  })

function rowOf({ seconds, underruns, lags, leaps, load, voices, busy, ease }: LiveReport): Row {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`
  const count = Math.max(underruns ?? 0, lags, leaps)
  return {
    suite: 'sound',
    row:
      `20 tracks with all effects aloud for ${seconds} s, main thread hanging ${percent(busy)} of the time ` +
      `(up to ${voices} voices; load at most ${percent(load)}, given up: ${ease})`,
    unit: 'underruns',
    ours: { value: underruns ?? lags },
    baseline: null,
    baselineIs: null,
    beside: [
      { is: "times the context's clock fell behind by 5 ms", figures: { value: lags } },
      { is: 'leaps and gaps in the sound itself', figures: { value: leaps } },
    ],
    goal: 'none',
    holds: count === 0,
  }
}
