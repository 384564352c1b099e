import { shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import type { HandEvent, HandTaker } from './roll-stage.ts'

export interface EarlyHands {
  /** Whether what takes hands is to be fetched: with the first sound, or before it when a hand comes. */
  readonly isDeskDue: Readonly<ShallowRef<boolean>>
  wake(): void
  /** Gives an event to what takes it; until that is here, the event waits. */
  hand(event: HandEvent): void
}

export function useEarlyHands(taker: Readonly<Ref<HandTaker | undefined>>): EarlyHands {
  const sound = useLive(useSession().sound)
  const isDeskDue = shallowRef(false)
  const waiting: HandEvent[] = []

  function wake(): void {
    isDeskDue.value = true
  }
  watch(sound, ({ status }) => status === 'running' && wake(), { immediate: true })
  watch(taker, (next) => next && waiting.splice(0).forEach(next))
  return {
    isDeskDue,
    wake,
    hand(event) {
      if (taker.value !== undefined) {
        taker.value(event)
        return
      }
      wake()
      waiting.push(event)
    },
  }
}
