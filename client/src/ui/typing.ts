/** Where a key press is text, and no command. */
const TYPED = 'input:not([type=range]), textarea, select, [contenteditable]'
/** Inputs into which nothing is typed, though Space presses them. */
const CHOSEN = 'input[type=radio], input[type=checkbox]'

export const isTyped = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPED) !== null

/** The same for keys other than Space. */
export const isText = (target: EventTarget | null): boolean =>
  isTyped(target) && !(target instanceof Element && target.matches(CHOSEN))
