/** Path of a Chromium: the one CHROMIUM_PATH names, one on the PATH, or Playwright's own; undefined without any. */
export function findBrowser(): string | undefined
/** The switch that leaves a test's or a bench's browser without what it does for people. @param more  further features */
export function withoutFeatures(...more: readonly string[]): string
/** For every Chromium that is started here. */
export const BROWSER_SWITCHES: readonly string[]
export function ensureBrowser(): Promise<string | undefined>
