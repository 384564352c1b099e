/** Of the button by which a pattern is edited as a whole; what it opens has its words in `edit-words.ts`. */
export const OPENER_WORDS = {
  drums: { open: 'Pattern', label: 'Edit pattern' },
  notes: { open: 'Notes', label: 'Edit notes' },
  tip: 'Rotate, mirror, quantise and more',
} as const
