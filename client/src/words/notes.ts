/** Of the notes of a track: the roll, and what stands around it from the beginning. */
export const NOTES_WORDS = {
  /** Pieces of a kit, which are the rows of its roll. */
  pieces: {
    kick: 'Kick',
    snare: 'Snare',
    clap: 'Clap',
    'closed-hat': 'Closed hat',
    'open-hat': 'Open hat',
    'low-tom': 'Low tom',
    'mid-tom': 'Mid tom',
    'high-tom': 'High tom',
    rim: 'Rim',
    cowbell: 'Cowbell',
    crash: 'Crash',
    ride: 'Ride',
    shaker: 'Shaker',
  },
  roll: ({ name, isKit }: { name: string; isKit: boolean }) =>
    `${isKit ? 'Drums' : 'Piano roll'} of ${name}`,
  toolbar: {
    yours: 'your track',
    theirs: 'their track',
    back: 'Back to mine',
    clear: 'Clear',
    clearTitle: 'Take all notes of this track out; can be undone',
  },
  /** Opens what edits a pattern as a whole. */
  opener: {
    drums: { open: 'Pattern', label: 'Edit pattern' },
    notes: { open: 'Notes', label: 'Edit notes' },
    tip: 'Rotate, mirror, quantise and more',
  },
  /** Says a place of the grid, for those who do not see it. */
  cell: {
    /** @param step  from 1 */
    empty: ({ row, step }: { row: string; step: number }) => `${row}, step ${step}, empty`,
    held: ({ row, step, since }: { row: string; step: number; since: number }) =>
      `${row}, step ${step}, held from step ${since}`,
    /** @param says  what the note is, each as told below */
    note: ({ row, step, says }: { row: string; step: number; says: readonly string[] }) =>
      `${row}, step ${step}, ${says.join(', ')}`,
    velocity: (velocity: number) => `velocity ${velocity}`,
    length: (steps: number) => `length ${steps}`,
    soundsAs: (row: string) => `sounds as ${row}`,
    accent: 'accent',
    flam: 'flam',
    ratchet: (strokes: number) => `${strokes} strokes`,
    chance: (percent: number) => `chance ${percent} percent`,
    late: 'late',
    early: 'early',
  },
  inspector: {
    label: (note: string) => `Note ${note}`,
    velocity: 'Velocity',
    length: 'Length',
    shorter: 'Shorter',
    longer: 'Longer',
    more: 'More',
    moreLabel: 'More about this note',
    moreLabelSet: 'More about this note, something is set',
    moreTitle: 'Chance, ratchet, accent, flam and nudge of this note',
    remove: 'Delete note',
    deselect: 'Deselect',
  },
} as const
