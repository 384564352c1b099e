import type { ReactionName } from '../../jam/reaction-frame.ts'
import { TOGETHER_WORDS } from '../../words/together.ts'

export const REACTION_WORDS: Readonly<Record<ReactionName, string>> = TOGETHER_WORDS.reactionNames

/** As they stand in a row. */
export const REACTION_NAMES = Object.keys(REACTION_WORDS) as readonly ReactionName[]
