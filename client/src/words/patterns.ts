/** Of the patterns of a track, and what plays next. */
export const PATTERN_WORDS = {
  patterns: (track: string) => `Patterns of ${track}`,
  open: ({
    label,
    isPlaying,
    isFilled,
  }: {
    label: string
    isPlaying: boolean
    isFilled: boolean
  }) => `Pattern ${label}${isPlaying ? ', playing' : ''}${isFilled ? '' : ', empty'}`,
  more: 'What it plays, step length, length and swing',
  launch: (label: string) => `Play ${label}`,
  launchTitle: 'From the next bar on, for everybody',
  silence: 'Silence',
  comeIn: 'Come in',
  silenceTitle: 'With the next bar this track falls silent, for everybody',
  comeInTitle: 'With the next bar this track comes in, for everybody',
  alone: 'Alone',
  aloneTitle: 'With the next bar all other tracks fall silent, for everybody',
  allIn: 'All in',
  allInTitle: 'With the next bar all tracks come in, for everybody',
  inBeats: (beats: number) => `in ${beats}`,
  stepLength: 'Step length',
  steps: 'Length',
  songSteps: (count: number) => `Song: ${count}`,
  swing: 'Swing',
  songSwing: (percent: number) => `Song: ${percent} %`,
  percent: (percent: number) => `${percent} %`,
} as const
