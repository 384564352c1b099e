import { isFields } from '../lib/parse-json.ts'
import { BEATS_PER_BAR } from './time.ts'

export const TRADE_BARS = [1, 2, 4, 8] as const
/** How long a turn is. */
export type TradeBars = (typeof TRADE_BARS)[number]

/** People take turns: one is in the spotlight, the tracks of the others step back, and then the next. */
export interface Trade {
  readonly bars: TradeBars
  /** Who takes a turn, one after the other, round and round: ids as tracks have them of their owners, 1 to 64. */
  readonly order: readonly string[]
  /** Whether the others are silent meanwhile, instead of softer. */
  readonly isSilent: boolean
  /** Of the song, on which the first turn begins: the first of a bar, from 0. */
  readonly beat: number
  /** The first of the bar on which all of it ends; left out: nobody has ended it. */
  readonly end?: number
}

const MOST_PEOPLE = 64
const LONGEST_ID = 64
/** A year at the fastest tempo. */
const LAST_BEAT = 2 ** 27

/** `{bars, order, silent, beat, end}`, the last one only once it is to end. Undefined when nobody takes turns by it. */
export function parseTrade(value: unknown): Trade | undefined {
  if (!isFields(value)) return undefined
  const bars = TRADE_BARS.find((count) => count === value['bars'])
  const order = parseOrder(value['order'])
  const beat = parseBar(value['beat'])
  const end = parseBar(value['end'])
  if (bars === undefined || beat === undefined || order.length === 0) return undefined
  const isSilent = value['silent'] === true
  return { bars, order, isSilent, beat, ...(end === undefined ? {} : { end }) }
}

function parseOrder(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  const ids = value.filter(
    (id): id is string => typeof id === 'string' && id !== '' && id.length <= LONGEST_ID,
  )
  return [...new Set(ids)].slice(0, MOST_PEOPLE)
}

const parseBar = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 && value <= LAST_BEAT && value % BEATS_PER_BAR === 0
    ? value
    : undefined
