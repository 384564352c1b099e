import { type Browser, chromium, type LaunchOptions } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs'

/** The Chromium of the end-to-end tests. @param args  more switches */
export function openBrowser(
  args: readonly string[] = [],
  options: Pick<LaunchOptions, 'env' | 'ignoreDefaultArgs'> = {},
): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({
    ...options,
    args: [...BROWSER_SWITCHES, '--autoplay-policy=no-user-gesture-required', ...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}
