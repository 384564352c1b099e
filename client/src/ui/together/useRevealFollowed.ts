import { watch } from 'vue'
import type { RollStage } from '../grid/roll-stage.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { useTogether } from './useTogether.ts'

/** Scrolls the roll to where the followed person points. */
export function useRevealFollowed(stage: RollStage): void {
  const cursors = useLive(useSession().cursors)
  const followed = useTogether((together) => together.followed)

  watch([followed, cursors, () => stage.song.trackId], () => {
    const at = cursors.value.find(({ peer }) => peer === followed.value)
    if (at === undefined || at.track !== stage.song.trackId) return
    if (at.step < stage.song.stepCount && stage.rows.value.rowOf(at.pitch) >= 0) stage.reveal(at)
  })
}
