import { type Browser, chromium, type LaunchOptions } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'

/** The Chromium of the end-to-end tests. @param args  more switches */
export function openBrowser(
  args: readonly string[] = [],
  options: Pick<LaunchOptions, 'env' | 'ignoreDefaultArgs'> = {},
): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({
    ...options,
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}
