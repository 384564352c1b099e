/** Runs tasks one after the other. */
export interface TaskQueue {
  /** A task that fails shows up as an unhandled rejection and does not stop the next. */
  add(task: () => Promise<void>): void
  /** Tasks begun or waiting. */
  size(): number
}

/** Encryption takes its own time for every message; a queue each way keeps them in their order. */
export function createTaskQueue(): TaskQueue {
  let last: Promise<unknown> = Promise.resolve()
  let size = 0
  return {
    add(task) {
      size += 1
      const run = last.then(task).finally(() => {
        size -= 1
      })
      void run.then(() => undefined)
      last = run.catch(() => undefined)
    },
    size: () => size,
  }
}
