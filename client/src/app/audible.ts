import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Engine } from '../sound/engine-types.ts'

/** -60 dB: below it nobody hears anything. */
const AUDIBLE_PEAK = 0.001

/** Whether this tab sounds. */
export function watchAudible(engine: Live<Engine | undefined>): {
  readonly audible: Live<boolean>
  readonly close: Undo
} {
  const audible = createLive(false)
  let levels = createScope()
  const take = (next: Engine | undefined): void => {
    levels.close()
    levels = createScope()
    if (next === undefined) return
    levels.own(
      next.levels.subscribe(({ peak }) => {
        audible.set(peak > AUDIBLE_PEAK)
      }),
    )
  }
  const undo = engine.subscribe(take)
  take(engine.read())
  return {
    audible,
    close: () => {
      undo()
      levels.close()
    },
  }
}
