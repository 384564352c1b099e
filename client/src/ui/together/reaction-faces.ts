import Flame from 'lucide/dist/esm/icons/flame.mjs'
import HandMetal from 'lucide/dist/esm/icons/hand-metal.mjs'
import Heart from 'lucide/dist/esm/icons/heart.mjs'
import Repeat from 'lucide/dist/esm/icons/repeat.mjs'
import Sparkles from 'lucide/dist/esm/icons/sparkles.mjs'
import Speaker from 'lucide/dist/esm/icons/speaker.mjs'
import type { ReactionName } from '../../jam/reaction-frame.ts'
import type { Glyph } from './glyphs.ts'

/** How reactions look, and what they say. */
export const REACTION_FACES: Readonly<Record<ReactionName, { glyph: Glyph; words: string }>> = {
  fire: { glyph: Flame, words: 'Fire' },
  love: { glyph: Heart, words: 'Love it' },
  rock: { glyph: HandMetal, words: 'Rock on' },
  wow: { glyph: Sparkles, words: 'Wow' },
  again: { glyph: Repeat, words: 'Again' },
  bass: { glyph: Speaker, words: 'That bass' },
}

/** As they stand in a row. */
export const REACTION_NAMES = Object.keys(REACTION_FACES) as readonly ReactionName[]
