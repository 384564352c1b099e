import { expect, test } from './crowd.ts'
import { createFirefoxJammer, launchFirefox } from './firefox.ts'
import { tell } from './jam-sound.ts'
import { showing, watchPage } from './page-watch.ts'
import { playheadSkew, watchPlayhead } from './playhead-watch.ts'
import { needTool } from './tools.ts'

const C4 = 60
const IN_TIME = /In time ±[\d.]+ ms/
const WATCH_MS = 3000
/** Sixteen steps at 120 beats a minute. */
const LOOP_MS = 2000
/** Two frames: what is compared is drawn, not heard. */
const LOOSE_SKEW_MS = 34

test('Firefox and Chromium jam in one room: linked, in time, with the edits of both', async ({
  crowd,
}) => {
  const firefox = needTool('firefox')
  test.setTimeout(120_000)
  const [ana] = await crowd(1)
  if (ana === undefined) throw new Error('ana must be there')
  await ana.toggle(C4, 1)
  await ana.play()
  const browser = await launchFirefox(firefox)
  try {
    const page = await browser.newPage()
    const uncaught: unknown[] = []
    page.on('pageerror', (error) => uncaught.push(error))
    await page.evaluateOnNewDocument(watchPage)
    const flo = createFirefoxJammer(page, 'flo')

    await flo.join(ana.link())

    await expect(ana.person('flo')).toContainText('here, connected', { timeout: 20_000 })
    await expect.poll(() => flo.person('ana'), { timeout: 20_000 }).toContain('here, connected')
    const noteCount = (): Promise<number | undefined> =>
      page.evaluate(() => window.testWatch?.notes())
    await expect.poll(noteCount).toBe(1)

    await flo.write()
    await showing(ana.page, 2, 2000)
    await ana.toggle(C4, 5)
    await expect.poll(noteCount, { timeout: 2000, intervals: [20] }).toBe(3)

    await expect(ana.sync).toContainText(IN_TIME, { timeout: 20_000 })
    await expect.poll(flo.sync, { timeout: 20_000 }).toMatch(IN_TIME)
    const [atAna, atFlo] = await Promise.all([
      ana.page.evaluate(watchPlayhead, WATCH_MS),
      page.evaluate(watchPlayhead, WATCH_MS),
    ])
    const skewMs = playheadSkew(atAna, atFlo, LOOP_MS)
    tell(`Firefox’s playhead is ${skewMs.toFixed(1)} ms ahead of Chromium’s, ${await flo.sync()}`)
    expect(Math.abs(skewMs)).toBeLessThan(LOOSE_SKEW_MS)
    expect(uncaught).toEqual([])
  } finally {
    await browser.close()
  }
})
