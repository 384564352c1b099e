import type { Drop, Launch, TrackId } from '../sequence/song.ts'
import { playKey } from './doc-shape.ts'
import type { SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

/** What is played on a song rather than written into it; not taken back but by playing something else. */
export interface LaunchVerbs {
  launch(launches: ReadonlyMap<TrackId, Launch>): Refusal | undefined
  /** @param drop  undefined calls it off */
  setDrop(drop: Drop | undefined): Refusal | undefined
}

export function createLaunchVerbs({ edit, setRoom }: SongWriter): LaunchVerbs {
  return {
    launch(launches) {
      return edit(undefined, () => {
        for (const [track, launch] of launches) setRoom(playKey(track), launchValue(launch))
      })
    },
    setDrop(drop) {
      return edit(undefined, () => {
        setRoom('drop', drop)
      })
    },
  }
}

/** As `parseLaunch` reads it. */
export const launchValue = ({ pattern, isOff, change }: Launch): unknown => ({
  pattern,
  off: isOff,
  ...(change && {
    before: { pattern: change.before.pattern, off: change.before.isOff },
    epoch: change.epoch,
    sharedMs: change.sharedMs,
  }),
})
