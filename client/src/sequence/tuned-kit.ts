import { DRUM_KITS } from './drum-kits.ts'
import { drumParam, type DrumSettings } from './drum-settings.ts'
import {
  DRUM_PIECES,
  DRUM_RANGES,
  INITIAL_PATCH,
  type DrumPatch,
  type DrumPiece,
} from './drum-sound.ts'
import type { ParamRange } from './synth-sound.ts'

type Numbers = Readonly<Record<string, number>>

/** The kit as its owner has it: each number within the piece's own range, but for the level. */
export function tunedKit(settings: DrumSettings): DrumPatch {
  const patch = DRUM_KITS.find(({ name }) => name === settings.kit)?.patch ?? INITIAL_PATCH
  return Object.fromEntries(
    DRUM_PIECES.map((piece) => [piece, tunedPiece(piece, patch[piece], settings)]),
  ) as unknown as DrumPatch
}

function tunedPiece(piece: DrumPiece, params: Numbers, settings: DrumSettings): Numbers {
  const ranges: Readonly<Record<string, ParamRange>> = DRUM_RANGES[piece]
  const ratio = Math.pow(2, settings[drumParam(piece, 'Tune')] / 12)
  const gain = Math.pow(10, settings[drumParam(piece, 'Db')] / 20)
  const factor = settings[drumParam(piece, 'Decay')]
  const pitched = 'tuneHz' in params ? 'tuneHz' : 'toneHz'
  return Object.fromEntries(
    Object.entries(params).map(([param, value]) => {
      const isDecay =
        param === 'decaySeconds' || param === 'toneSeconds' || param === 'noiseSeconds'
      if (param === 'level') return [param, value * gain]
      const next = value * (param === pitched ? ratio : isDecay ? factor : 1)
      const { min, max } = ranges[param] ?? { min: next, max: next }
      return [param, Math.min(max, Math.max(min, next))]
    }),
  )
}
