/** Of taking back, and of the list of what one did. */
export const HISTORY_WORDS = {
  undo: 'Undo last edit',
  redo: 'Redo last edit',
  undoTitle: 'Take back what you did last (Ctrl+Z); what others wrote stays',
  redoTitle: 'Do it again (Ctrl+Shift+Z)',
  overtaken: 'Somebody has changed that since: it stays as it is.',
  partly: 'Some of it somebody has changed since: that stays as it is.',
  list: 'What I did',
  listTitle: 'All that can be taken back, the latest first',
  takeBack: (words: string) => `Take back: ${words}`,
  nothing: 'Nothing yet: what you write shows up here.',
  takeThisBack: 'Take back',
  undone: 'taken back',
  goneTrack: 'a track that is gone',
  /** What an edit did, as its own maker reads it. */
  steps: {
    'write-note': (track: string) => `Wrote a note in ${track}`,
    'remove-note': (track: string) => `Took a note out of ${track}`,
    'edit-notes': ({ track, count }: { track: string; count: number }) =>
      `Changed ${count === 1 ? 'a note' : `${count} notes`} in ${track}`,
    clear: (track: string) => `Emptied ${track}`,
    param: ({ track, trait }: { track: string; trait: string }) =>
      `Changed the ${trait} of ${track}`,
    sound: (track: string) => `Gave ${track} another sound`,
    part: (track: string) => `Wrote a groove in ${track}`,
    'add-track': (track: string) => `Added ${track}`,
    'remove-track': (track: string) => `Took ${track} away`,
    'adopt-track': (track: string) => `Made ${track} mine`,
    'move-track': (track: string) => `Moved ${track}`,
    scale: 'Changed the scale',
    steps: 'Changed the number of steps',
    swing: 'Changed the swing',
    'scene-name': 'Named a scene',
    song: 'Opened a song',
    riff: 'Brought a riff back',
    offline: 'Added what I wrote offline',
  },
  /** What of a track was changed. */
  traits: {
    title: 'name',
    tint: 'colour',
    lock: 'lock',
    steps: 'length',
    swing: 'swing',
    subdivision: 'step length',
    other: 'sound or mix',
  },
} as const
