import { type Component, onScopeDispose, ref, type Ref, useTemplateRef, watch } from 'vue'
import { useCommands } from '../commands/useCommands.ts'
import { latePart } from '../late-part.ts'

/** What the commands ask of it. */
interface Dock {
  keep(): void
  record(): void
  toggleSteps(): void
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
  let due: ((dock: Dock) => void) | undefined
  const toggle = (): void => {
    isOpen.value = !isOpen.value
  }
  // It may still have to be fetched.
  watch(dock, (next) => {
    if (next === null) return
    due?.(next)
    due = undefined
  })
  const withDock = (act: (dock: Dock) => void): void => {
    if (dock.value !== null) act(dock.value)
    else {
      due = act
      isOpen.value = true
    }
  }
  useCommands(() => [
    { id: 'hands', run: toggle },
    {
      id: 'record',
      isAvailable: () => !readOnly(),
      run() {
        withDock(({ record }) => {
          record()
        })
      },
    },
    {
      id: 'step-by-step',
      isAvailable: () => !readOnly(),
      run() {
        withDock(({ toggleSteps }) => {
          toggleSteps()
        })
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
