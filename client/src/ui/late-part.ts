import { type Component, defineAsyncComponent } from 'vue'
import type { Undo } from '../lib/scope.ts'

/** A part of the page that is not needed before the first sound. */
export interface LatePart {
  readonly part: Component
  /** Fetches it soon after the first sound, so that it is here when the server is away. */
  readonly fetchSoon: () => Undo
}

const FETCH_LATER_MS = 10_000
const RETRY_MS = 2000

/**
 * @param load imports the component's file; asked again every two seconds for as long as the file is out of reach
 * @param meanwhile  is shown until it is here
 */
export const latePart = (
  load: () => Promise<{ readonly default: Component }>,
  meanwhile?: Component,
): LatePart => ({
  part: defineAsyncComponent({
    loader: load,
    delay: 0,
    ...(meanwhile && { loadingComponent: meanwhile }),
    onError(_error, retry) {
      setTimeout(retry, RETRY_MS)
    },
  }),
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
