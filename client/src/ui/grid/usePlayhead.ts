import { onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/**
 * Tells the beat that is heard, once a frame while the jam plays and once when it stops.
 *
 * @param show gets quarter notes from 0, or undefined while nothing is heard
 * @param isInSight while it is not, nothing is told
 */
export function usePlayhead(
  show: (beat: number | undefined) => void,
  isInSight?: Readonly<Ref<boolean>>,
): void {
  const session = useSession()
  const transport = useLive(session.transport)
  let frame: number | undefined

  function onFrame(): void {
    show(session.heardBeat())
    frame = requestAnimationFrame(onFrame)
  }
  function stop(): void {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
  }
  watch(
    [() => transport.value.playing, () => isInSight?.value ?? true],
    ([playing, isSeen]) => {
      stop()
      if (!playing) show(undefined)
      else if (isSeen) onFrame()
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(stop)
}
