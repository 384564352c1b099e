import type { Undo } from '../lib/scope.ts'

/** Why a page may find the world changed: it is looked at again, or the network is another one. */
export type WakeCause = 'visible' | 'online'

export interface Wakes {
  isVisible(): boolean
  onWake(listener: (cause: WakeCause) => void): Undo
  /** The page is closed, reloaded or kept for the back button. */
  onHide(listener: () => void): Undo
}

/** The browser's own events; `resume` and `pageshow` come to pages that were frozen or kept for the back button. */
export function createPageWakes(page: Window): Wakes {
  const isVisible = (): boolean => page.document.visibilityState === 'visible'
  return {
    isVisible,
    onHide(listener) {
      page.addEventListener('pagehide', listener)
      return () => {
        page.removeEventListener('pagehide', listener)
      }
    },
    onWake(listener) {
      const online = (): void => {
        listener('online')
      }
      const visible = (): void => {
        if (isVisible()) listener('visible')
      }
      page.addEventListener('online', online)
      page.addEventListener('pageshow', visible)
      page.document.addEventListener('resume', visible)
      page.document.addEventListener('visibilitychange', visible)
      return () => {
        page.removeEventListener('online', online)
        page.removeEventListener('pageshow', visible)
        page.document.removeEventListener('resume', visible)
        page.document.removeEventListener('visibilitychange', visible)
      }
    },
  }
}
