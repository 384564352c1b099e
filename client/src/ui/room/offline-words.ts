import type { OfflineCounts } from '../../app/session-types.ts'
import { OFFLINE_WORDS as WORDS } from '../../words/offline.ts'

const KINDS = Object.keys(WORDS.did) as readonly (keyof OfflineCounts)[]

/** What somebody did offline, in one sentence. */
export const offerWords = (counts: OfflineCounts): string =>
  WORDS.offer(KINDS.flatMap((kind) => (counts[kind] > 0 ? [WORDS.did[kind](counts[kind])] : [])))
