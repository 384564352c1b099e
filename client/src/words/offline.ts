const list = (parts: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(parts)
const counted = (count: number, one: string, many: string): string =>
  count === 1 ? one : many.replace('#', String(count))

/** Of what somebody wrote while nobody was in reach. */
export const OFFLINE_WORDS = {
  label: 'What you wrote offline',
  /** What was done there, each with a count from 1. */
  did: {
    notes: (count: number) => counted(count, 'wrote a note', 'wrote # notes'),
    removedNotes: (count: number) => counted(count, 'took a note away', 'took # notes away'),
    sounds: (count: number) =>
      counted(count, 'changed how a track sounds', 'changed how # tracks sound'),
    tracks: (count: number) => counted(count, 'added a track', 'added # tracks'),
    removedTracks: (count: number) => counted(count, 'took a track away', 'took # tracks away'),
    settings: (count: number) =>
      counted(count, 'changed a setting of the song', 'changed # settings of the song'),
    lines: (count: number) => counted(count, 'left a message', 'left # messages'),
  },
  /** @param did  at least one of the above */
  offer: (did: readonly string[]) =>
    `While you were offline you ${list(did)}. The others went on without it: theirs is what plays.`,
  listen: 'Listen',
  stopListening: 'Back to theirs',
  listenTitle: 'Only you hear it, in the jam as it plays',
  add: 'Add to the jam',
  addTitle: 'Where you and they changed the same thing, yours counts; undo takes all of it back',
  keep: 'Keep aside',
  keepTitle: 'It stays on this device, and is offered again when you come back',
  drop: 'Throw away',
  added: 'What you wrote offline is in the jam.',
  merged: 'You are back. What you wrote offline is in the jam.',
  kept: 'It stays on this device until you come back to this jam.',
  dropped: 'What you wrote offline is gone.',
  refused: {
    full: 'The song has no room for it. Clear a track, and try again.',
    listening: 'You are listening. A host can let you play, and it waits until then.',
    'newer-song': 'This song was made by a newer Beatcord. Reload to add to it.',
  },
} as const
