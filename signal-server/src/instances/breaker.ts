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
const MAX_ANSWER_MS = 500
const SLICE_MS = 100
const LOOK_EVERY_MS = 500

/**
 * @param probe asks for something small
 * @param onChange told of each change of `isClosed`, and why
 */
export function createBreaker(
  clock: Clock,
  probe: () => Promise<unknown>,
  onChange: (isClosed: boolean, why: string) => void,
): Breaker {
  let closed = false
  let ended = false
  let failures = 0
  let isLooking = false
  let endLook: Undo | undefined

  function set(isClosed: boolean, why: string): void {
    failures = 0
    if (closed === isClosed || ended) return
    closed = isClosed
    onChange(isClosed, why)
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
      if (isClosed) set(true, 'it answers')
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

  function failed(cause: unknown): void {
    failures += 1
    if (failures < MAX_FAILURES) return
    set(false, cause instanceof Error ? cause.message : 'it refuses')
  }

  function run<T>(ask: () => Promise<T>): Promise<T> {
    if (!closed) return Promise.reject(new DirectoryAway())
    return new Promise((resolve, reject) => {
      let isSettled = false
      let slices = 0
      let endWait = clock.after(SLICE_MS, wait)

      /** In slices, each of which counts once however late it comes: while we are late ourselves nobody is to blame. */
      function wait(): void {
        slices += 1
        if (slices * SLICE_MS < MAX_ANSWER_MS) {
          endWait = clock.after(SLICE_MS, wait)
          return
        }
        // What came in meanwhile is read before it is called missing.
        setImmediate(() => {
          if (isSettled) return
          settle()
          set(false, 'no answer in time')
          reject(new DirectoryAway())
        })
      }

      function settle(): void {
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
          if (!isSettled) failed(cause)
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
      set(false, 'the connection is lost')
    },
    look,
    end() {
      ended = true
      closed = false
      endLook?.()
    },
  }
}
