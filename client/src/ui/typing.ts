/** Where a key press is text, and no command. */
const TYPED = 'input:not([type=range]), textarea, select, [contenteditable]'

export const isTyped = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(TYPED) !== null
