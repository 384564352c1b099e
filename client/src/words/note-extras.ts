/** Of what makes one note of a loop less like the others. */
export const NOTE_EXTRA_WORDS = {
  label: 'More about this note',
  chance: 'Chance',
  chanceTitle: 'On how many of the times round it sounds; everybody hears the same',
  percent: (percent: number) => `${percent} %`,
  nudge: 'Nudge',
  nudgeTitle: 'Earlier or later than its step: laid back, or pushing. Double-click to put it back',
  onStep: 'on the step',
  /** @param share  of a step, such as "1/4" */
  early: (share: string) => `${share} step early`,
  late: (share: string) => `${share} step late`,
  ratchet: 'Ratchet',
  ratchetTitle: 'How many times it is struck within its step: a roll',
  struck: (times: number) => (times === 1 ? 'Struck once' : `Struck ${times} times`),
  accent: 'Accent',
  accentTitle: 'Struck harder',
  flam: 'Flam',
  flamTitle: 'With a soft stroke just before it',
} as const
