import { BASS_PRESETS } from './bass.ts'
import { BELL_PRESETS } from './bell.ts'
import { DRUM_PRESETS } from './drums.ts'
import { FX_PRESETS } from './fx.ts'
import { KEYS_PRESETS } from './keys.ts'
import { LEAD_PRESETS } from './lead.ts'
import { PAD_PRESETS } from './pad.ts'
import { PLUCK_PRESETS } from './pluck.ts'
import type { Preset } from './preset.ts'

export { soundOf } from './preset.ts'

/** The whole bank, family by family in the order of `PRESET_FAMILIES`. Load it late: nobody needs it before they choose. */
export const PRESETS: readonly Preset[] = [
  ...BASS_PRESETS,
  ...LEAD_PRESETS,
  ...KEYS_PRESETS,
  ...PAD_PRESETS,
  ...PLUCK_PRESETS,
  ...BELL_PRESETS,
  ...FX_PRESETS,
  ...DRUM_PRESETS,
]
