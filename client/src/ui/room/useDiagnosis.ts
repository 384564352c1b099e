import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { isTyped } from '../typing.ts'

/** As for help, from anywhere on the page. */
const KEY = '?'

/** Whether the connection details are open; the key opens them too. */
export function useDiagnosis(): Ref<boolean> {
  const isOpen = ref(false)
  const listening = new AbortController()
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== KEY || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.defaultPrevented || isTyped(event.target)) return
      event.preventDefault()
      isOpen.value = true
    },
    { signal: listening.signal },
  )
  onScopeDispose(() => listening.abort())
  return isOpen
}
