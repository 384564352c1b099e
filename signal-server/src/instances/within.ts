import type { Clock } from '../clock.ts'

const SLICE_MS = 10

/**
 * What a promise comes to within a time; undefined when it takes longer or rejects. The time is waited for in slices of
 * 10 ms, each of which counts once however late it comes: while we are late ourselves the other side is not to blame.
 */
export function within<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  return new Promise((resolve) => {
    let leftMs = ms
    let endWait = clock.after(Math.min(SLICE_MS, leftMs), wait)

    function wait(): void {
      leftMs -= SLICE_MS
      if (leftMs > 0) {
        endWait = clock.after(Math.min(SLICE_MS, leftMs), wait)
        return
      }
      // What came in meanwhile is read before it is called missing.
      setImmediate(() => {
        resolve(undefined)
      })
    }

    function done(value: T | undefined): void {
      endWait()
      resolve(value)
    }

    promise.then(done, () => {
      done(undefined)
    })
  })
}
