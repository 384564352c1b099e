import lighthouse, { desktopConfig, type Config, type Result } from 'lighthouse'
import { launch, type Page } from 'puppeteer-core'
import { startTestServer } from '../../e2e/server.ts'
import { BROWSER_SWITCHES, findBrowser } from '../../scripts/browser.mjs'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const GOAL = 95
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const
/** Lighthouse's own: a slow phone on a slow line, and a computer. */
const DEVICES: Readonly<Record<string, Config | undefined>> = {
  'a phone': undefined,
  'a computer': desktopConfig,
}

/** What Lighthouse thinks of the start page, and of a jam that its tab comes back to. */
export async function lighthouseRows(say: Say): Promise<readonly Row[]> {
  const server = await startTestServer()
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('there must be a Chromium to look at pages')
  const browser = await launch({ executablePath, args: [...BROWSER_SWITCHES] })
  try {
    const page = await browser.newPage()
    const lobby = await audited(say, page, 'start page', `${server.url}/`)
    await page.goto(server.url)
    await page.locator('aria/Your name[role="textbox"]').fill('ana')
    await page.locator('aria/Start a private jam[role="button"]').click()
    await page.waitForSelector('aria/People[role="list"]')
    const jam = await audited(say, page, 'jam', page.url())
    return [...lobby, ...jam]
  } finally {
    await browser.close()
    await server.close()
  }
}

async function audited(say: Say, page: Page, what: string, url: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [device, config] of Object.entries(DEVICES)) {
    say(`surface: Lighthouse looks at the ${what} on ${device} …`)
    // What the tab remembers brings it back into its jam.
    const flags = { onlyCategories: [...CATEGORIES], disableStorageReset: true }
    const result = await lighthouse(url, flags, config, page)
    if (result === undefined) throw new Error('Lighthouse must have a result')
    for (const category of CATEGORIES) {
      const { score, lacks } = judged(result.lhr, category)
      if (lacks.length > 0) say(`  ${category} lacks: ${lacks.join('; ')}`)
      rows.push({
        suite: 'surface',
        row: `Lighthouse ${result.lhr.lighthouseVersion}, ${category} of the ${what} on ${device}`,
        unit: 'of 100',
        ours: { value: score },
        baseline: null,
        baselineIs: null,
        goal: `at least ${GOAL}`,
        holds: score >= GOAL,
      })
    }
  }
  return rows
}

/** 0 to 100, and what takes it below that, in Lighthouse's words. */
function judged(
  { categories, audits }: Result,
  category: string,
): { readonly score: number; readonly lacks: readonly string[] } {
  const { score, auditRefs } = categories[category] ?? { score: 0, auditRefs: [] }
  const lacks = auditRefs.flatMap(({ id, weight }) => {
    const audit = audits[id]
    const isLess = weight > 0 && audit !== undefined && audit.score !== null && audit.score < 0.9
    return isLess ? [`${audit.title} (${audit.displayValue ?? String(audit.score)})`] : []
  })
  return { score: Math.round(100 * (score ?? 0)), lacks }
}
