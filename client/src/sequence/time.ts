/** Tempo in quarter-note beats a minute. */
export type Bpm = number

export const MIN_BPM: Bpm = 40
export const MAX_BPM: Bpm = 240
export const INITIAL_BPM: Bpm = 120

export const BEATS_PER_BAR = 4
export const MS_PER_MINUTE = 60_000
