import { createClockPorter } from './clock-porter.ts'
import type { FromClockThread, ToClockThread } from './clock-thread-messages.ts'

/** The worker of the clock lanes, run by the test's own thread; only the passing of messages is made up. */
export interface FakeClockWorker extends Pick<
  Worker,
  'postMessage' | 'addEventListener' | 'terminate'
> {
  /** Resolves when all that was said has been heard, answers included. */
  idle(): Promise<void>
  /** It did not load. */
  fail(): void
  isTerminated(): boolean
}

export interface FakeClockWorkerOptions {
  /** The worker's own monotonic ms, and when they began, ms since 1970. */
  readonly now: () => number
  readonly originMs: number
  /** Whether the browser can transfer data channels. */
  readonly canTransfer?: boolean
  /** When it has loaded; until then what it is told waits. */
  readonly loaded?: Promise<void>
  /** Whether it lives. */
  readonly hears?: () => boolean
}

export function createFakeClockWorker(options: FakeClockWorkerOptions): FakeClockWorker {
  const { canTransfer = true, hears = () => true } = options
  const target = new EventTarget()
  let isTerminated = false
  let pending = options.loaded ?? Promise.resolve()
  const later = (run: () => void): void => {
    pending = pending.then(() => {
      if (!isTerminated) run()
    })
  }
  const hear = createClockPorter({
    ...options,
    post(message: FromClockThread) {
      later(() => target.dispatchEvent(new MessageEvent('message', { data: message })))
    },
  })

  return {
    addEventListener: target.addEventListener.bind(target),
    postMessage(message: ToClockThread) {
      if (message.kind === 'take' && !canTransfer) {
        throw new DOMException('no such thing can be transferred', 'DataCloneError')
      }
      later(() => {
        if (hears()) hear(message)
      })
    },
    terminate() {
      isTerminated = true
    },
    async idle() {
      let last: Promise<void> | undefined
      while (last !== pending) {
        last = pending
        await last
      }
    },
    fail() {
      target.dispatchEvent(new Event('error', { cancelable: true }))
    },
    isTerminated: () => isTerminated,
  }
}
