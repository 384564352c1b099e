import { BEATS_PER_BAR } from './time.ts'
import type { Trade } from './trade.ts'

/** Who has the spotlight, and for how long. */
export interface Turn {
  readonly person: string
  /** Who has it afterwards; undefined where all of it ends before that. */
  readonly next: string | undefined
  /** On which it began. */
  readonly beat: number
  /** Until it is over, above 0. */
  readonly beatsLeft: number
}

export const turnBeats = ({ bars }: Pick<Trade, 'bars'>): number => bars * BEATS_PER_BAR

/**
 * Whose turn it is: nothing but the song's position and what the document says, so everybody says the same.
 *
 * @returns undefined before the first turn and once it has ended
 */
export function turnAt(trade: Trade, beat: number): Turn | undefined {
  const end = trade.end ?? Infinity
  if (beat < trade.beat || beat >= end) return undefined
  const length = turnBeats(trade)
  const count = Math.floor((beat - trade.beat) / length)
  const begun = trade.beat + count * length
  const over = Math.min(end, begun + length)
  return {
    person: inOrder(trade, count),
    next: over === end ? undefined : inOrder(trade, count + 1),
    beat: begun,
    beatsLeft: over - beat,
  }
}

/** Beats until somebody's next turn begins; 0 while they have it, undefined where they have none any more. */
export function beatsUntilTurn(trade: Trade, person: string, beat: number): number | undefined {
  const at = trade.order.indexOf(person)
  if (at < 0 || beat >= (trade.end ?? Infinity)) return undefined
  if (turnAt(trade, beat)?.person === person) return 0
  const length = turnBeats(trade)
  const round = length * trade.order.length
  const first = trade.beat + at * length
  const begins = first + Math.max(0, Math.ceil((beat - first) / round)) * round
  return begins < (trade.end ?? Infinity) ? begins - beat : undefined
}

/**
 * The same with other people. Whoever has the spotlight keeps it until their turn is over, and the next ones follow;
 * where they go it is the next one's at once.
 *
 * @param people  those who take turns from now on, each once; who is new comes last
 * @returns undefined where nobody is left to trade with
 */
export function withPeople(
  trade: Trade,
  people: readonly string[],
  beat: number,
): Trade | undefined {
  if (people.length < LEAST_PEOPLE) return undefined
  const isSame = people.every((person) => trade.order.includes(person))
  if (isSame && people.length === trade.order.length) return trade
  const turn = turnAt(trade, beat)
  const at = turn === undefined ? 0 : trade.order.indexOf(turn.person)
  const line = [...trade.order.slice(at), ...trade.order.slice(0, at)]
  const order = [
    ...line.filter((person) => people.includes(person)),
    ...people.filter((person) => !trade.order.includes(person)),
  ]
  return { ...trade, order, beat: turn?.beat ?? trade.beat }
}

/** Alone nobody takes turns. */
export const LEAST_PEOPLE = 2

const inOrder = ({ order }: Trade, count: number): string => order[count % order.length] ?? ''
