import { createLive, type Live } from '../lib/live.ts'
import type { Scope } from '../lib/scope.ts'

/**
 * What others say or do, but for those whom this person hides.
 *
 * @param most  how many of the latest are shown: who is hidden takes nobody's place
 */
export function withoutHidden<T>(
  hidden: Live<ReadonlySet<string>>,
  all: Live<readonly T[]>,
  whose: (one: T) => string,
  scope: Scope,
  most?: number,
): Live<readonly T[]> {
  const read = (): readonly T[] => {
    const ids = hidden.read()
    const shown = ids.size === 0 ? all.read() : all.read().filter((one) => !ids.has(whose(one)))
    return most === undefined ? shown : shown.slice(-most)
  }
  const shown = createLive(read())
  const show = (): void => {
    shown.set(read())
  }
  scope.own(all.subscribe(show))
  scope.own(hidden.subscribe(show))
  return shown
}
