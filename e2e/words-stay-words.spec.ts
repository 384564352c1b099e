import type { Page } from '@playwright/test'
import { expect, test } from './jammers.ts'

declare global {
  interface Window {
    testHits?: number
  }
}

/** What would run where markup, attributes, links or templates were made of words; each calls `hit()`. */
const SCRIPTS = [
  '<script>hit()</script>',
  '<img src=x onerror=hit()>',
  '<svg onload=hit()>',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '<details open ontoggle=hit()>',
  '<video><source onerror=hit()>',
  '<input autofocus onfocus=hit()>',
  '"><img src=x onerror=hit()>',
  "' onmouseover='hit()",
  'javascript:hit()',
  '{{ constructor.constructor("hit()")() }}',
  '${hit()}',
  '`-hit()-`',
  ']]><script>hit()</script>',
  '<a href="javascript:hit()">here</a>',
  '<math><mtext><script>hit()</script>',
  '<style onload=hit()></style>',
]
const DRESSES: readonly ((script: string) => string)[] = [
  (script) => script,
  (script) => `a‮${script}​`,
  (script) => script.toUpperCase().replaceAll('HIT', 'hit'),
]
const LINES = SCRIPTS.flatMap((script) => DRESSES.map((dress) => dress(script))).slice(0, 50)
/** A name has room for twenty characters. */
const NAMES = [
  '<svg onload=hit()>',
  '<b onfocus=hit()>',
  '"><script>hit()',
  '{{hit()}}',
  '${hit()}',
]

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.testHits = 0
    Object.assign(window, { hit: () => (window.testHits = (window.testHits ?? 0) + 1) })
  })
}

test('names and lines that look like scripts are shown as they were typed, and run nothing', async ({
  stage,
  server,
}) => {
  test.setTimeout(120_000)
  const [ana, bo] = await Promise.all(
    ['ana', 'bo'].map(async (name) => stage.tabOf(await stage.browserOf(name), name)),
  )
  if (!ana || !bo) throw new Error('two people must be there')
  await Promise.all([watch(ana.page), watch(bo.page)])
  await ana.page.goto(server.url)
  await ana.startJam()
  await bo.join(ana.link())

  for (const line of LINES) await ana.say(line)
  const name = ana.page.getByRole('textbox', { name: 'Your name' })
  for (const each of NAMES) {
    await ana.page.getByRole('button', { name: '2 people, details' }).click()
    await name.fill(each)
    await name.press('Enter')
    await expect(bo.person(each)).toBeVisible()
  }

  await expect(bo.chat).toContainText(SCRIPTS.at(-1) ?? '')
  for (const { page, chat } of [ana, bo]) {
    const said = await chat.innerText()
    for (const script of SCRIPTS) expect(said).toContain(script)
    expect(await chat.locator('img, svg, script, iframe, video, a, input, style').count()).toBe(0)
    expect(await page.evaluate(() => window.testHits)).toBe(0)
  }
})
