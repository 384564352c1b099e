import { createEvents } from '../lib/events.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { START_WORDS } from '../words/start.ts'
import type { Notice, Session } from './session-types.ts'

const NOT_KEPT: Notice = { kind: 'trouble', text: START_WORDS.unkeptSong }
/** Of what happened before anybody listened; who has so many left to read reads no more. */
const MOST_UNTOLD = 8

/** What happens to the others, and whether the song is kept; what happened before anybody listened is told first. */
export function createNotices(
  kept: Live<boolean>,
  onOthers: (listener: (notice: Notice) => void) => Undo,
): {
  readonly onNotice: Session['onNotice']
  readonly tell: (notice: Notice) => void
  readonly close: Undo
} {
  const scope = createScope()
  const events = createEvents<{ notice: [Notice] }>()
  let untold: Notice[] | undefined = kept.read() ? [] : [NOT_KEPT]
  const tell = (notice: Notice): void => {
    if (untold === undefined) events.emit('notice', notice)
    else untold = [...untold, notice].slice(-MOST_UNTOLD)
  }
  scope.own(onOthers(tell))
  scope.own(
    kept.subscribe((isKept) => {
      if (!isKept) tell(NOT_KEPT)
    }),
  )
  return {
    tell,
    onNotice(listener) {
      const first = untold ?? []
      untold = undefined
      for (const notice of first) listener(notice)
      return events.on('notice', listener)
    },
    close: scope.close,
  }
}
