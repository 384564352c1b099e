import { createLive } from '../../lib/live.ts'
import type { Live } from '../../lib/live.ts'

/** A word for a few seconds. */
export interface Toast {
  readonly id: number
  readonly text: string
  /** Index into the palette of people's colours, when it is about somebody. */
  readonly colour?: number
  /** To be read in full: something went wrong, or came back. */
  readonly isToBeRead?: boolean
  readonly action?: { readonly label: string; readonly run: () => void }
}

export interface Toasts {
  /** Latest last. */
  readonly shown: Live<readonly Toast[]>
  add(toast: Omit<Toast, 'id'>): void
  dismiss(id: number): void
}

const SHOWN_MS = 4500
/** Time to find out that something is gone and to reach the button, or to read a sentence twice. */
const SHOWN_LONGER_MS = 9000
const MAX_SHOWN = 4

/** @param later runs something after so many milliseconds: `setTimeout`, or a clock of a test's own */
export function createToasts(later: (run: () => void, ms: number) => void): Toasts {
  const shown = createLive<readonly Toast[]>([])
  let nextId = 1

  function dismiss(id: number): void {
    shown.set(shown.read().filter((toast) => toast.id !== id))
  }
  return {
    shown,
    add(toast) {
      const id = nextId++
      shown.set([...shown.read(), { ...toast, id }].slice(-MAX_SHOWN))
      const isLonger = toast.action !== undefined || toast.isToBeRead === true
      later(() => dismiss(id), isLonger ? SHOWN_LONGER_MS : SHOWN_MS)
    },
    dismiss,
  }
}
