import { type Component, onScopeDispose, ref, type Ref, useTemplateRef, watch } from 'vue'
import { useCommands } from '../commands/useCommands.ts'
import { latePart } from '../late-part.ts'

/** What the commands ask of it. */
interface Dock {
  keep(): void
  record(): void
}

/** Fetched when somebody asks. */
const { part: HandDock, fetchSoon } = latePart(() => import('./HandDock.vue'))

/**
 * The keys with which the open track is played, and the commands that open them. To be called by the component that has
 * them, under the template ref `dock`.
 */
export function useHandDock(readOnly: () => boolean): {
  readonly HandDock: Component
  readonly isOpen: Ref<boolean>
  toggle(): void
} {
  onScopeDispose(fetchSoon())
  const isOpen = ref(false)
  const dock = useTemplateRef<Dock>('dock')
  let isToRecord = false
  const toggle = (): void => {
    isOpen.value = !isOpen.value
  }
  // It may still have to be fetched.
  watch(dock, (next) => {
    if (isToRecord) next?.record()
    isToRecord = false
  })
  useCommands(() => [
    { id: 'hands', run: toggle },
    {
      id: 'record',
      isAvailable: () => !readOnly(),
      run() {
        if (dock.value !== null) dock.value.record()
        else isToRecord = isOpen.value = true
      },
    },
    {
      id: 'keep-played',
      isAvailable: () => !readOnly() && isOpen.value,
      run: () => dock.value?.keep(),
    },
  ])
  return { HandDock, isOpen, toggle }
}
