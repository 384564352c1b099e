import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'

/** The Chromium of the end-to-end tests. @param args  more switches */
export function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({
    args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}
