import { PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { NumericParam } from '../../sequence/track-sound.ts'
import type { KnobScale } from './knob-scale.ts'

export interface KnobFace {
  readonly param: NumericParam
  readonly label: string
  readonly scale: KnobScale
  /** The value as people read it, with its unit. */
  readonly words: (value: number) => string
}

const log = (param: NumericParam): KnobScale => ({ ...PARAM_RANGES[param], curve: 'log' })
const linear = (param: NumericParam): KnobScale => ({ ...PARAM_RANGES[param], curve: 'linear' })

const secondsInWords = (seconds: number): string =>
  seconds < 0.9995
    ? `${Math.max(1, Math.round(seconds * 1000))} ms`
    : `${seconds.toFixed(seconds < 9.995 ? 2 : 1)} s`

const hertzInWords = (hertz: number): string =>
  hertz < 999.5 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`

const shareInWords = (share: number): string => `${Math.round(share * 100)} %`

const qualityInWords = (quality: number): string => `Q ${quality.toFixed(1)}`

export const ENVELOPE_KNOBS: readonly KnobFace[] = [
  { param: 'attackSeconds', label: 'Attack', scale: log('attackSeconds'), words: secondsInWords },
  { param: 'decaySeconds', label: 'Decay', scale: log('decaySeconds'), words: secondsInWords },
  { param: 'sustain', label: 'Sustain', scale: linear('sustain'), words: shareInWords },
  {
    param: 'releaseSeconds',
    label: 'Release',
    scale: log('releaseSeconds'),
    words: secondsInWords,
  },
]

export const FILTER_KNOBS: readonly KnobFace[] = [
  { param: 'cutoffHz', label: 'Cutoff', scale: log('cutoffHz'), words: hertzInWords },
  { param: 'resonance', label: 'Resonance', scale: log('resonance'), words: qualityInWords },
]

export const VOLUME_KNOB: KnobFace = {
  param: 'volume',
  label: 'Volume',
  scale: linear('volume'),
  words: shareInWords,
}
