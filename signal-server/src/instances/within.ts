import type { Clock } from '../clock.ts'

/** What a promise comes to within a time; undefined when it takes longer or rejects. */
export function within<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  return new Promise((resolve) => {
    const endWait = clock.after(ms, () => {
      // What came in while we were late is read before it is called missing.
      setImmediate(() => {
        resolve(undefined)
      })
    })
    const done = (value: T | undefined): void => {
      endWait()
      resolve(value)
    }
    promise.then(done, () => {
      done(undefined)
    })
  })
}
