import { type Component, defineAsyncComponent } from 'vue'
import type { Undo } from '../lib/scope.ts'

/** A part of the page that is not needed before the first sound. */
export interface LatePart {
  readonly part: Component
  /** Fetches it soon after the first sound, so that it is here when the server is away. */
  readonly fetchSoon: () => Undo
}

const FETCH_LATER_MS = 10_000

/** @param load imports the component's file; asked for again the next time it is shown, where it could not be reached */
export const latePart = (load: () => Promise<{ readonly default: Component }>): LatePart => ({
  part: defineAsyncComponent(load),
  fetchSoon() {
    const timer = setTimeout(() => {
      // Out of reach now, it is asked for again when it is opened.
      load().catch(() => undefined)
    }, FETCH_LATER_MS)
    return () => {
      clearTimeout(timer)
    }
  },
})
