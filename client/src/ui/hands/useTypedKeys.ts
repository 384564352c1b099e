import { onScopeDispose } from 'vue'
import type { Pitch } from '../../sequence/pattern.ts'
import { isText } from '../typing.ts'

export interface TypedKeys {
  /** The pitch that a place on the keyboard plays now. */
  pitchOf(code: string): Pitch | undefined
  press(pitch: Pitch, velocity: number, atMs: number): void
  letGo(pitch: Pitch, atMs: number): void
  /** Other keys of the layout. @returns whether it was one */
  other(event: KeyboardEvent): boolean
  close(): void
}

/** A computer's keyboard knows no velocity; Shift strikes harder. */
const TYPED_VELOCITY = 96
const SHIFTED_VELOCITY = 122

/**
 * Plays what is typed anywhere on the page but in a text or a dialog. Goes before the commands, whose single keys rest
 * meanwhile where a note has the key.
 */
export function useTypedKeys(keys: TypedKeys): void {
  const listening = new AbortController()
  const options = { signal: listening.signal, capture: true }
  /** A key lets go what it pressed, whatever the layout has become. */
  const down = new Map<string, Pitch>()

  const isOurs = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    if (ctrlKey || metaKey || altKey || isText(target)) return false
    return !(target instanceof Element && target.closest('dialog, [role=dialog]') !== null)
  }
  const letAllGo = (): void => {
    for (const pitch of down.values()) keys.letGo(pitch, performance.now())
    down.clear()
  }
  document.addEventListener(
    'keydown',
    (event) => {
      if (!isOurs(event)) return
      const pitch = keys.pitchOf(event.code)
      if (pitch === undefined) {
        if (!keys.other(event)) return
        event.preventDefault()
        event.stopPropagation()
        return
      }
      event.preventDefault()
      if (event.repeat || down.has(event.code)) return
      down.set(event.code, pitch)
      keys.press(pitch, event.shiftKey ? SHIFTED_VELOCITY : TYPED_VELOCITY, event.timeStamp)
    },
    options,
  )
  document.addEventListener(
    'keyup',
    (event) => {
      const pitch = down.get(event.code)
      if (pitch === undefined) return
      down.delete(event.code)
      keys.letGo(pitch, event.timeStamp)
    },
    options,
  )
  // After whatever else is open and closes with it: menus hear of it from the document.
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented && isOurs(event)) keys.close()
    },
    { signal: listening.signal },
  )
  // What is let go elsewhere is never heard of.
  window.addEventListener('blur', letAllGo, options)
  onScopeDispose(() => {
    letAllGo()
    listening.abort()
  })
}
