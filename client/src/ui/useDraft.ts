import { computed, onScopeDispose, shallowRef } from 'vue'
import type { ComputedRef } from 'vue'

/** Longer than any edit takes to come back from the song. */
const SETTLED_MS = 400

/** A number under someone's hand: shown as the hand has it, whatever the song says meanwhile. */
export interface Draft {
  /** What to show: the value being set, else the one that stands. */
  readonly value: ComputedRef<number>
  set(value: number): void
}

/**
 * @param standing the value as it is now, for everybody
 * @param send     called for each change of the hand
 */
export function useDraft(standing: () => number, send: (value: number) => void): Draft {
  const draft = shallowRef<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return {
    value: computed(() => draft.value ?? standing()),
    set(value) {
      draft.value = value
      clearTimeout(timer)
      timer = setTimeout(() => {
        draft.value = undefined
      }, SETTLED_MS)
      send(value)
    },
  }
}
