import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { FILE_WORDS } from '../words/files.ts'
import type { Notice, Session } from './session-types.ts'

const NOT_KEPT: Notice = {
  kind: 'trouble',
  text: FILE_WORDS.unkeptSong,
}

/** What happens to the others, and whether the song is kept; what happened before anybody listened is told first. */
export function tellNotices(
  kept: Live<boolean>,
  onOthers: (listener: (notice: Notice) => void) => Undo,
): Session['onNotice'] {
  const untold: Notice[] = kept.read() ? [] : [NOT_KEPT]
  return (listener) => {
    for (const notice of untold.splice(0)) listener(notice)
    const undoKept = kept.subscribe((isKept) => {
      if (!isKept) listener(NOT_KEPT)
    })
    const undoOthers = onOthers(listener)
    return () => {
      undoKept()
      undoOthers()
    }
  }
}
