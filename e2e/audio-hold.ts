import type { Page } from '@playwright/test'

declare global {
  interface Window {
    /** Put there by `holdContexts`: the contexts that the page has made. */
    testContexts?: AudioContext[]
  }
}

/** Runs in the page before its own scripts: keeps its audio contexts, which the product hands to nobody. */
export function holdContexts(): void {
  const contexts: AudioContext[] = []
  window.testContexts = contexts
  // Called below with the context it belongs to.
  const resume: () => Promise<void> = Reflect.get(AudioContext.prototype, 'resume')
  AudioContext.prototype.resume = function (this: AudioContext) {
    if (!contexts.includes(this)) contexts.push(this)
    return resume.call(this)
  }
}

/** The page's sound stands still for so long, as when a call takes the loudspeaker. */
export const haltSound = (page: Page, ms: number): Promise<void> =>
  page.evaluate(async (haltMs) => {
    const contexts = window.testContexts ?? []
    if (contexts.length === 0) throw new Error('the page must have an audio context')
    await Promise.all(contexts.map((context) => context.suspend()))
    await new Promise((resolve) => setTimeout(resolve, haltMs))
    await Promise.all(contexts.map((context) => context.resume()))
  }, ms)

/** Nothing but this runs on the page's main thread for 300 ms of each second, until it is closed. */
export const blockMainThread = (page: Page): Promise<void> =>
  page.evaluate(() => {
    setInterval(() => {
      const untilMs = performance.now() + 300
      while (performance.now() < untilMs);
    }, 1000)
  })
