import type { Browser } from '@playwright/test'
import { openBrowser } from './browser.ts'
import { editLatency } from './edit-latency.ts'
import { onsetSkew } from './onset-skew.ts'
import type { Row } from './rows.ts'
import type { Part, Suite } from './suite.ts'

/** What a jam between two pages of one machine costs in time. */
export const jamSuite: Suite = {
  prepare: () => Promise.resolve(),
  parts: [
    inBrowser('edits', 'edits between two pages, beside raw bytes …', editLatency),
    inBrowser('onsets', 'the same notes on two pages …', onsetSkew),
  ],
}

function inBrowser(name: string, words: string, measure: (browser: Browser) => Promise<Row>): Part {
  return {
    name,
    rows: async (say) => {
      say(`jam: ${words}`)
      const browser = await openBrowser()
      try {
        return [await measure(browser)]
      } finally {
        await browser.close()
      }
    },
  }
}
