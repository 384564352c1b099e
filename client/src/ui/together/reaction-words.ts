import type { ReactionName } from '../../jam/reaction-frame.ts'

/** What reactions say; how they look is told by the icons of the same names. */
export const REACTION_WORDS: Readonly<Record<ReactionName, string>> = {
  fire: 'Fire',
  love: 'Love it',
  rock: 'Rock on',
  wow: 'Wow',
  again: 'Again',
  bass: 'That bass',
}

/** As they stand in a row. */
export const REACTION_NAMES = Object.keys(REACTION_WORDS) as readonly ReactionName[]
