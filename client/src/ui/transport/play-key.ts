import type { Undo } from '../../lib/scope.ts'
import { isTyped } from '../typing.ts'

/** Where Space means something else: it presses what the keys have brought the focus to. */
const PRESSING = 'button, a, summary, [role=gridcell]'

/**
 * Space plays and stops from anywhere on the page but where it is typed. A button that was clicked keeps the focus; Space
 * then means the music, not the button again. Only a button reached by keys is pressed by Space.
 *
 * @param toggle plays or stops
 */
export function listenForPlayKey(page: Document, toggle: () => void): Undo {
  const listening = new AbortController()
  const { signal } = listening
  let byKeys = false

  const isOurs = (event: KeyboardEvent): boolean => {
    if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.defaultPrevented || !(event.target instanceof Element)) return false
    if (isTyped(event.target)) return false
    return !(byKeys && event.target.closest(PRESSING) !== null)
  }
  page.addEventListener('pointerdown', () => (byKeys = false), { signal, capture: true })
  page.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) byKeys = true
      if (!isOurs(event)) return
      event.preventDefault()
      if (!event.repeat) toggle()
    },
    { signal },
  )
  // Firefox presses a button when Space is let go.
  page.addEventListener('keyup', (event) => isOurs(event) && event.preventDefault(), { signal })
  return () => listening.abort()
}
