import type { Undo } from '../../lib/scope.ts'
import { isTyped } from '../typing.ts'

/** Inputs into which nothing is typed. */
const CHOSEN = 'input[type=radio], input[type=checkbox]'

const isText = (target: EventTarget | null): boolean =>
  isTyped(target) && !(target instanceof Element && target.matches(CHOSEN))

/**
 * Single letters that do something from anywhere on the page but where text is typed.
 *
 * @param keys  by lower-case letter; told the moment of the press, in milliseconds of the page's own clock
 */
export function listenForLetters(
  page: Document,
  keys: Readonly<Record<string, (atMs: number) => void>>,
): Undo {
  const listening = new AbortController()
  page.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const act = keys[event.key.toLowerCase()]
      if (act === undefined || event.repeat || isText(event.target)) return
      event.preventDefault()
      act(event.timeStamp)
    },
    { signal: listening.signal },
  )
  return () => listening.abort()
}
