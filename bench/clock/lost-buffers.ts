import type { Page } from '@playwright/test'

interface PlaybackStats {
  readonly underrunEvents: number
}

declare global {
  interface Window {
    /** Put there by `watchBuffers`: times that a context of this page had nothing to play. */
    benchLostBuffers?: () => number
  }
}

/** Runs in the page before its own scripts. */
export function watchBuffers(): void {
  const contexts: (AudioContext & { readonly playbackStats?: PlaybackStats })[] = []
  const Native = window.AudioContext
  window.AudioContext = class extends Native {
    constructor(options?: AudioContextOptions) {
      super(options)
      contexts.push(this)
    }
  }
  window.benchLostBuffers = () =>
    contexts.reduce((sum, { playbackStats }) => sum + (playbackStats?.underrunEvents ?? 0), 0)
}

/** Of all these pages so far, by the browser's own count. */
export async function lostBuffers(pages: readonly Page[]): Promise<number> {
  const counts = await Promise.all(
    pages.map((page) => page.evaluate(() => window.benchLostBuffers?.() ?? 0)),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
