/** Of laying the groove of one track on another. */
export const GROOVE_WORDS = {
  title: 'Groove from another track',
  hint: 'How early, late and loud it plays, laid on the whole pattern. Its notes stay its own.',
  from: 'From',
  /** A track in a list. @param of  whose it is */
  track: ({ name, of }: { name: string; of: string }) => (name === of ? name : `${name} (${of})`),
  you: 'you',
  strength: 'Strength',
  percent: (percent: number) => `${percent} %`,
  parts: 'What is taken over',
  timing: 'Timing',
  loudness: 'Loudness',
  lay: 'Lay it on',
  nobody: 'No other track has notes yet.',
  empty: 'Nothing is written here yet to lay it on.',
  same: 'It plays like that already.',
  /** @param to  such as "your track" */
  laid: ({ from, to }: { from: string; to: string }) => `The groove of ${from} is on ${to}`,
  heldBack: (count: number) =>
    count === 1
      ? ' One note would have to be farther from its step than notes can be.'
      : ` ${count} notes would have to be farther from their steps than notes can be.`,
} as const
