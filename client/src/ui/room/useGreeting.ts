import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef } from 'vue'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

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
      connection.value.status !== 'joining' &&
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
