import type { EngineLevels } from '../../app/session-types.ts'

export type Ease = EngineLevels['ease']

const GIVEN_UP: Readonly<Record<Exclude<Ease, 0>, string>> = {
  1: 'fewer unison voices',
  2: 'fewer unison voices, no chorus and no reverb',
  3: 'fewer unison voices, no chorus and no reverb, and fewer voices of the others’ tracks',
}

/** What the sound goes without since this device is busy; undefined when it is whole. */
export const easeWords = (ease: Ease): string | undefined =>
  ease === 0 ? undefined : GIVEN_UP[ease]
