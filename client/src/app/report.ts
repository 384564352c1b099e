import { createScope, type Undo } from '../lib/scope.ts'

/** Where errors end that nobody expected: shown in the console, and counted. */
export interface Report {
  take(error: unknown): void
  /** How many have been taken. */
  count(): number
  close: Undo
}

/** Takes what `window` reports too. */
export function createReport(target: Window): Report {
  const scope = createScope()
  let count = 0
  const take = (error: unknown): void => {
    count += 1
    console.error('Beatcord:', error)
  }
  const onError = (event: ErrorEvent): void => {
    count += 1
    // The browser itself has written this one to the console.
    event.stopImmediatePropagation()
  }
  const onRejection = (event: PromiseRejectionEvent): void => {
    take(event.reason)
    event.preventDefault()
  }
  target.addEventListener('error', onError)
  target.addEventListener('unhandledrejection', onRejection)
  scope.own(() => {
    target.removeEventListener('error', onError)
    target.removeEventListener('unhandledrejection', onRejection)
  })
  return { take, count: () => count, close: scope.close }
}
