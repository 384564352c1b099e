import {
  type Component,
  onScopeDispose,
  ref,
  type Ref,
  shallowRef,
  type ShallowRef,
  watch,
} from 'vue'
import type { Arrival, Session } from '../../app/session-types.ts'
import { useLive } from '../useLive.ts'
import { useServices } from '../useServices.ts'

const RETRY_MS = 2000

/** What is seen of a jam, with all that can be done in it. */
export interface RoomPart {
  readonly component: Component
  readonly session: Session
}

/** Fetches it when the jam has begun: whoever joins hears it first. Out of reach, it is asked for again and again. */
export function useRoomPart(arrival: Arrival): {
  readonly room: Readonly<ShallowRef<RoomPart | undefined>>
  /** Whether it was out of reach the last time. */
  readonly isLost: Readonly<Ref<boolean>>
} {
  const services = useServices()
  const hasBegun = useLive(arrival.hasBegun)
  const room = shallowRef<RoomPart>()
  const isLost = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  async function fetch(): Promise<void> {
    try {
      const [part, session] = await Promise.all([import('./JamRoom.vue'), arrival.enter()])
      room.value = { component: part.default, session }
    } catch (error) {
      // Told once; what is out of reach for long would be told for ever.
      if (!isLost.value) services.report(error)
      isLost.value = true
      if (!isOver) timer = setTimeout(() => void fetch(), RETRY_MS)
    }
  }
  watch(
    hasBegun,
    (has) => {
      if (has && room.value === undefined && !isLost.value) void fetch()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    isOver = true
    clearTimeout(timer)
  })
  return { room, isLost }
}
