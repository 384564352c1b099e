const dayOf = (ms: number): string =>
  new Intl.DateTimeFormat('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
  }).format(ms)

/** Of what a jam leaves behind when everybody has left. */
export const SLOT_WORDS = {
  /** @param leftMs  milliseconds since 1970 */
  isBack: (leftMs: number) => `This jam is back as it was left on ${dayOf(leftMs)}.`,
  isBackEarlier: (leftMs: number) =>
    `What was left last could not be read. This jam is back as it was on ${dayOf(leftMs)}.`,
  unreadable: 'This jam left something behind that cannot be read. It begins anew.',
  tooLarge:
    'This jam left another song behind, too large to become one with the song that this browser kept.',
  deleteJam: 'Delete this jam…',
  deleteNote:
    'Deletes the song from this browser, and the sealed copy on the server. What the browsers of others kept stays with them; if somebody plays on, the server gets a new copy. This cannot be undone.',
  deleteHereNote:
    'Deletes the song from this browser. Whoever only listens cannot delete the sealed copy on the server; that goes 30 days after the last change.',
  deleteForGood: 'Delete for good',
  keep: 'Keep it',
  notDeleted:
    'The server cannot be reached: nothing was deleted. Try again when you are connected.',
} as const
