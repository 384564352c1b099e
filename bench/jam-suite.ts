import { openBrowser } from './browser.ts'
import { editLatency } from './edit-latency.ts'
import { onsetSkew } from './onset-skew.ts'
import type { Row } from './rows.ts'

/** What a jam between two pages of one machine costs in time. */
export async function jamSuite(say: (line: string) => void): Promise<readonly Row[]> {
  const browser = await openBrowser()
  try {
    say('jam: edits between two pages, beside raw bytes …')
    const edit = await editLatency(browser)
    say('jam: the same notes on two pages …')
    const skew = await onsetSkew(browser)
    return [edit, skew]
  } finally {
    await browser.close()
  }
}
