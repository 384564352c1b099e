import { PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { NumericParam } from '../../sequence/track-sound.ts'
import type { KnobScale } from './knob-scale.ts'
import type { Unit } from './units.ts'

/** A param as a knob shows it. */
export interface KnobFace {
  readonly param: NumericParam
  readonly label: string
  /** Its name among others of that label; as the label when left out. */
  readonly name?: string
  /** What it does to the sound, in plain words. */
  readonly hint: string
  readonly unit: Unit
  readonly scale: KnobScale
}

type FaceTouch = Partial<Pick<KnobScale, 'curve' | 'step' | 'isStepped' | 'middle'>>

/** @param touch  how it turns: evenly, and by however little, when left out */
export function createFace(
  param: NumericParam,
  words: Pick<KnobFace, 'label' | 'name' | 'hint'>,
  unit: Unit,
  { curve = 'linear', ...rest }: FaceTouch = {},
): KnobFace {
  const range = PARAM_RANGES[param]
  const middle = range.min < 0 ? { middle: 0 } : {}
  const scale: KnobScale = { ...range, curve, ...middle, ...rest }
  return { param, ...words, unit, scale }
}
