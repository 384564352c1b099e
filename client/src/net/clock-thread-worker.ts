/** The thread that owns the clock lanes of a page, so that a busy page makes no time stamp late. */
import { createClockPorter } from './clock-porter.ts'
import type { ToClockThread } from './clock-thread-messages.ts'

const hear = createClockPorter({
  post(message) {
    postMessage(message)
  },
  now: () => performance.now(),
  originMs: performance.timeOrigin,
})

addEventListener('message', ({ data }: MessageEvent<ToClockThread>) => {
  hear(data)
})
