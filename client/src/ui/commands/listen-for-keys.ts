import type { Undo } from '../../lib/scope.ts'
import { isText, isTyped } from '../typing.ts'
import { isPressed, isWithMod, type Chord } from './command-keys.ts'
import { isAvailable, keysOf, type Command, type Commands } from './commands.ts'

/** Where Space means something else: it presses what the keys have brought the focus to. */
const PRESSING = 'button, a, summary, [role=gridcell]'

/**
 * The keys of commands, from anywhere on the page but where they are typed; a dialog keeps its keys to itself. A button that was clicked
 * keeps the focus; Space then means the music, not the button again. Only a button reached by keys is pressed by Space.
 */
export function listenForKeys(page: Document, commands: Commands): Undo {
  const listening = new AbortController()
  const { signal } = listening
  let byKeys = false

  const isOurs = (chord: Chord, { target }: KeyboardEvent): boolean => {
    if (!(target instanceof Element)) return false
    if (isWithMod(chord)) return true
    if (chord !== 'Space') return !isText(target)
    return !isTyped(target) && !(byKeys && target.closest(PRESSING) !== null)
  }
  const commandOf = (event: KeyboardEvent): Command | undefined => {
    if (event.defaultPrevented || event.isComposing) return undefined
    return commands
      .all()
      .find((each) => keysOf(each).some((chord) => isPressed(chord, event) && isOurs(chord, event)))
  }
  page.addEventListener('pointerdown', () => (byKeys = false), { signal, capture: true })
  page.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab' || event.key.startsWith('Arrow')) byKeys = true
      const command = commandOf(event)
      if (command === undefined) return
      event.preventDefault()
      if (!event.repeat && isAvailable(command)) commands.run(command, event.timeStamp)
    },
    { signal },
  )
  // Firefox presses a button when Space is let go.
  page.addEventListener(
    'keyup',
    (event) => {
      if (event.key === ' ' && commandOf(event) !== undefined) event.preventDefault()
    },
    { signal },
  )
  return () => listening.abort()
}
