import type { Undo } from './scope.ts'

/** A value that changes and can be watched: how lower floors show state to higher ones. */
export interface Live<T> {
  read(): T
  /** Calls `listener` after each change, not now. A listener that throws does not silence the others. */
  subscribe(listener: (value: T) => void): Undo
}

/** The writer's side of a `Live`. */
export interface LiveSource<T> extends Live<T> {
  /** Stores the value and tells everyone, unless it is the very same value (`Object.is`). */
  set(value: T): void
}

export function createLive<T>(initial: T): LiveSource<T> {
  let value = initial
  const listeners = new Set<(value: T) => void>()
  return {
    read: () => value,
    set(next) {
      if (Object.is(value, next)) return
      value = next
      tellAll(listeners, next)
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const entry = (current: T): void => {
        listener(current)
      }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
  }
}

function tellAll<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
  const errors: unknown[] = []
  for (const listener of [...listeners]) {
    try {
      listener(value)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
}
