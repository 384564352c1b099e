import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import type { Connection } from '../../app/session-types.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** Nobody is greeted who waits outside, or is out. */
const INSIDE: ReadonlySet<Connection['status']> = new Set(['in-room', 'server-away'])

/** Whether a jam in which nothing was ever written is to be greeted; not while someone's notes may still be coming. */
export function useGreeting(): {
  readonly isDue: ComputedRef<boolean>
  readonly dismiss: () => void
} {
  const session = useSession()
  const song = useLive(session.song)
  const people = useLive(session.people)
  const connection = useLive(session.connection)
  const writable = useLive(session.writable)

  const hasNotes = computed(() => song.value.tracks.some((track) => track.patterns.a.size > 0))
  const isSettled = computed(
    () =>
      INSIDE.has(connection.value.status) &&
      people.value.every((person) => person.link !== 'connecting'),
  )
  const isOver = shallowRef(false)
  watch(
    hasNotes,
    (has) => {
      isOver.value ||= has
    },
    { immediate: true },
  )
  return {
    isDue: computed(() => !isOver.value && isSettled.value && writable.value === 'yes'),
    dismiss() {
      isOver.value = true
    },
  }
}
