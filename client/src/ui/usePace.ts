import { inject, type InjectionKey, onScopeDispose, provide, ref, type Ref, watch } from 'vue'
import type { Session } from '../app/session-types.ts'
import { createPace } from './pace.ts'
import { useLive } from './useLive.ts'

const HURRIED: InjectionKey<Readonly<Ref<boolean>>> = Symbol('hurried')

/** To be called by the page of a jam: while the song plays all below it learn whether frames come late. */
export function providePace(session: Session): void {
  const transport = useLive(session.transport)
  const pace = createPace()
  let request: number | undefined
  function onFrame(nowMs: number): void {
    pace.frame(nowMs)
    request = requestAnimationFrame(onFrame)
  }
  function stop(): void {
    if (request !== undefined) cancelAnimationFrame(request)
    request = undefined
  }
  watch(
    () => transport.value.playing,
    (playing) => {
      stop()
      if (playing) request = requestAnimationFrame(onFrame)
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  provide(HURRIED, pace.isHurried)
}

/** Whether frames come late, and whatever only decorates should leave them to what a hand does. */
export const useHurried = (): Readonly<Ref<boolean>> => inject(HURRIED, ref(false))
