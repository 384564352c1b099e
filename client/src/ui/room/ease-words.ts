import type { EngineLevels } from '../../app/session-types.ts'
import { BANNER_WORDS } from '../../words/banners.ts'

export type Ease = EngineLevels['ease']

/** What the sound goes without since this device is busy; undefined when it is whole. */
export const easeWords = (ease: Ease): string | undefined =>
  ease === 0 ? undefined : BANNER_WORDS.eases[ease]
