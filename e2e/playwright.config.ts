import { defineConfig } from '@playwright/test'
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs'

const executablePath = findBrowser()
/** What takes minutes to show, and a machine with nothing else to do: `npm run stress -- clock` plays them. */
const STRESS_ONLY = ['hidden-tab.spec.ts', 'blocked-tab.spec.ts']
const MAY_SOUND = '--autoplay-policy=no-user-gesture-required'

const chromium = (args: readonly string[]) => ({
  browserName: 'chromium' as const,
  launchOptions: {
    args: [...args],
    ...(executablePath === undefined ? {} : { executablePath }),
  },
})

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Jams are measured in milliseconds: but for those that `scripts/e2e.mjs` names no two of them share a machine.
  workers: 1,
  // Elsewhere a test that fails now and then fails; on the CI machine it is told apart, with why it failed at first.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../.cache/e2e.json' }]],
  use: {
    // What the page showed at each step is in the trace anyway; its pictures cost a tenth of the processor.
    trace: { mode: 'retain-on-failure', screenshots: false },
    viewport: { width: 1280, height: 900 },
    // A button that pulses is never still enough to be clicked by a machine.
    contextOptions: { reducedMotion: 'reduce' },
  },
  projects: [
    {
      name: 'jam',
      testIgnore: [
        'gesture.spec.ts',
        ...(process.env['PHASE_SECONDS'] === undefined ? STRESS_ONLY : []),
      ],
      use: chromium([...BROWSER_SWITCHES, MAY_SOUND]),
    },
    { name: 'gesture', testMatch: 'gesture.spec.ts', use: chromium(BROWSER_SWITCHES) },
  ],
})
