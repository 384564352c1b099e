/** Path of a Chromium: the one CHROMIUM_PATH names, one on the PATH, or Playwright's own; undefined without any. */
export function findBrowser(): string | undefined
export function ensureBrowser(): Promise<string | undefined>
