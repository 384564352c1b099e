import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'

/** A value that now comes from here and now from there, while whoever watches it notices nothing but its changes. */
export interface Switch<T> {
  readonly live: Live<T>
  /** To be called when the source is another one. */
  readonly follow: Undo
  readonly close: Undo
}

export function createSwitch<T>(source: () => Live<T>): Switch<T> {
  const live = createLive(source().read())
  let undo: Undo = () => undefined
  const follow = (): void => {
    undo()
    const current = source()
    undo = current.subscribe(live.set)
    live.set(current.read())
  }
  follow()
  return {
    live,
    follow,
    close() {
      undo()
    },
  }
}

/** A record of functions, each of which calls the one of the same name in what `target` then gives. */
export function throughTo<T extends object>(target: () => T): T {
  return new Proxy(target(), {
    get:
      (_first, name) =>
      (...args: readonly unknown[]): unknown =>
        (Reflect.get(target(), name) as (...given: readonly unknown[]) => unknown)(...args),
  })
}
