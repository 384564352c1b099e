/** Finds a Chromium for the end-to-end tests and the bench, and gets one where there is none. */
import { argv, env, exit, getuid } from 'node:process'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'
import { installUntil, isProgram, placesOf, waysToInstall } from './lib/programs.mjs'

/** What Playwright turns off too: of two such switches only the last one counts. */
const OFF_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
]
/** Pages of the browser's own that each context loads behind the first one of ours: two seconds of a processor each. */
const OWN_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/** The switch that leaves a test's or a bench's browser without what it does for people. @param more  further features */
export const withoutFeatures = (...more) =>
  `--disable-features=${[...OFF_BY_PLAYWRIGHT, ...OWN_PAGES, ...more].join(',')}`

/** For every Chromium that is started here. */
export const BROWSER_SWITCHES = ['--no-sandbox', withoutFeatures()]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of a Chromium: the one CHROMIUM_PATH names, one on the PATH, or Playwright's own; undefined without any. */
export function findBrowser() {
  const named = env.CHROMIUM_PATH
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined
  return [...placesOf(NAMES), chromium.executablePath()].find(isProgram)
}

/** As `findBrowser`, but installs one first when there is none; undefined when that failed too. */
export async function ensureBrowser() {
  const found = findBrowser()
  if (found !== undefined) return found
  if (env.CHROMIUM_PATH) {
    console.error(`CHROMIUM_PATH must name a program, got ${env.CHROMIUM_PATH}`)
    return undefined
  }
  console.log('no browser found')
  const withDeps = getuid?.() === 0 ? ['--with-deps'] : []
  const playwright = ['npx', 'playwright', 'install', ...withDeps, 'chromium']
  // Ubuntu's package of that name is a shim without a browser in it, which is why Playwright's own comes after.
  return installUntil(findBrowser, [...waysToInstall('chromium'), playwright])
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) {
  const browser = await ensureBrowser()
  console.log(browser ?? 'no browser')
  exit(browser === undefined ? 1 : 0)
}
