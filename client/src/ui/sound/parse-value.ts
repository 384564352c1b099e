import type { ParamRange } from '../../sequence/synth-sound.ts'
import { SOUND_WORDS } from '../../words/sound.ts'
import { toStep, type KnobScale } from './knob-scale.ts'
import type { Unit } from './units.ts'

const WORDS = SOUND_WORDS.knob

export type TypedValue =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string }

/** A number with a word before or after it: "250 ms", "1,2k", "−3 dB", "Q 2", "30 left". */
const TYPED = /^([^\d.+-]*?)\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*([^\d\s]*)$/
/** Share of a range by which what is shown may be beyond its end: it is rounded. */
const ROUNDING = 1e-3

/** @param shown  the value that the knob shows meanwhile: a bare number is of its unit */
export function parseValue(text: string, unit: Unit, range: KnobScale, shown: number): TypedValue {
  const kept = text.trim().toLowerCase().replace('−', '-').replace(',', '.')
  const [, before = '', digits, after = ''] = TYPED.exec(kept) ?? []
  const word = before + after || unit.usual(shown)
  const factor = Object.hasOwn(unit.factors, word) ? unit.factors[word] : undefined
  if (digits === undefined || factor === undefined)
    return { ok: false, message: WORDS.unread(unit.words(exampleOf(range))) }
  const value = Number(digits) * factor
  const slack = (range.max - range.min) * ROUNDING
  if (value < range.min - slack || value > range.max + slack)
    return {
      ok: false,
      message: WORDS.outside({ min: unit.words(range.min), max: unit.words(range.max) }),
    }
  const within = Math.max(range.min, Math.min(range.max, value))
  return { ok: true, value: range.isStepped === true ? toStep(range, within) : within }
}

/** Of a value that is not just nothing. */
const exampleOf = ({ initial, max }: ParamRange): number => (initial === 0 ? max / 2 : initial)
