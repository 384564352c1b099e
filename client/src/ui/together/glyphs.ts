import CircleCheck from 'lucide/dist/esm/icons/circle-check.mjs'
import EyeOff from 'lucide/dist/esm/icons/eye-off.mjs'
import Eye from 'lucide/dist/esm/icons/eye.mjs'
import Locate from 'lucide/dist/esm/icons/locate.mjs'
import Share from 'lucide/dist/esm/icons/share.mjs'

/** Lucide's, as those of `base/icons.ts`, but fetched when the jam has begun. */
export const GLYPHS = {
  done: CircleCheck,
  hide: EyeOff,
  show: Eye,
  follow: Locate,
  share: Share,
} as const

export type Glyph = (typeof GLYPHS)['done']
