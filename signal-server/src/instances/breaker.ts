import type { Clock, Undo } from '../clock.ts'
import { DirectoryAway } from './directory.ts'

/** Stops asking somebody who does not answer, and looks now and then whether they do. */
export interface Breaker {
  /** Whether it is worth asking. */
  isClosed(): boolean
  /** @throws (rejects) DirectoryAway at once while nobody answers, and when no answer comes in time */
  run<T>(ask: () => Promise<T>): Promise<T>
  /** Opens at once: the way is known to be gone. */
  open(): void
  /** Looks at once whether there is an answer again. */
  look(): void
  end: Undo
}

/** So many failures in a row, or one answer that takes so long, and it is not asked any more. */
const MAX_FAILURES = 3
export const MAX_ANSWER_MS = 500
const LOOK_EVERY_MS = 1_000

/**
 * @param probe asks for something small
 * @param onChange told of each change of `isClosed`
 */
export function createBreaker(
  clock: Clock,
  probe: () => Promise<unknown>,
  onChange: (isClosed: boolean) => void,
): Breaker {
  let closed = false
  let ended = false
  let failures = 0
  let isLooking = false
  let endLook: Undo | undefined

  function set(isClosed: boolean): void {
    failures = 0
    if (closed === isClosed || ended) return
    closed = isClosed
    onChange(isClosed)
    if (!isClosed) lookLater()
  }

  function lookLater(): void {
    endLook?.()
    endLook = clock.after(LOOK_EVERY_MS, look)
  }

  /** One question at a time, however long it takes: what stands still answers it when it goes on. */
  function look(): void {
    if (closed || ended) return
    lookLater()
    if (isLooking) return
    isLooking = true
    const done = (isClosed: boolean): void => {
      isLooking = false
      if (isClosed) set(true)
    }
    probe().then(
      () => {
        done(true)
      },
      () => {
        done(false)
      },
    )
  }

  function failed(): void {
    failures += 1
    if (failures >= MAX_FAILURES) set(false)
  }

  function run<T>(ask: () => Promise<T>): Promise<T> {
    if (!closed) return Promise.reject(new DirectoryAway())
    return new Promise((resolve, reject) => {
      const endWait = clock.after(MAX_ANSWER_MS, () => {
        // What came in while we were late is read before it is called missing.
        setImmediate(() => {
          if (isSettled) return
          settle()
          set(false)
          reject(new DirectoryAway())
        })
      })
      let isSettled = false
      const settle = (): void => {
        isSettled = true
        endWait()
      }
      ask().then(
        (answer) => {
          if (!isSettled) failures = 0
          settle()
          resolve(answer)
        },
        (cause: unknown) => {
          if (!isSettled) failed()
          settle()
          reject(new DirectoryAway({ cause }))
        },
      )
    })
  }

  lookLater()
  return {
    isClosed: () => closed,
    run,
    open() {
      set(false)
    },
    look,
    end() {
      ended = true
      closed = false
      endLook?.()
    },
  }
}
