/** Values with their units, as knobs and sliders show them; numbers come written, with their signs. */
export const UNIT_WORDS = {
  seconds: (seconds: string) => `${seconds} s`,
  ms: (ms: string) => `${ms} ms`,
  hertz: (hertz: string) => `${hertz} Hz`,
  kilohertz: (kilohertz: string) => `${kilohertz} kHz`,
  percent: (percent: string) => `${percent} %`,
  quality: (quality: string) => `Q ${quality}`,
  decibels: (decibels: string) => `${decibels} dB`,
  semitones: (semitones: string) => `${semitones} st`,
  cents: (cents: string) => `${cents} ct`,
  middle: 'middle',
  /** Sides, which are also read when somebody types them. */
  left: 'left',
  right: 'right',
  aside: ({ percent, side }: { percent: number; side: string }) => `${percent} ${side}`,
} as const
