import { computed, ref, type ComputedRef } from 'vue'
import { BEATS_PER_BAR } from '../../sequence/time.ts'
import { beatsUntilTurn, turnAt, turnBeats } from '../../sequence/trade-turns.ts'
import type { Trade } from '../../sequence/trade.ts'
import { usePlayhead } from '../grid/usePlayhead.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** Whose turn it is, as it is shown. */
export interface Spotlight {
  /** Undefined before the first turn. */
  readonly person: string | undefined
  /** Who has it next; undefined where all come in then. */
  readonly next: string | undefined
  /** Whole beats until that, from 1 on. */
  readonly beatsLeft: number
  /** How much of the turn is left, 0 to 1, in beats. */
  readonly share: number
  /** Whole bars until this person's own turn, 0 in it; undefined where none comes. */
  readonly barsUntilMine: number | undefined
}

/** @returns undefined while nobody takes turns, or the song stands; changes with the beats that are heard */
export function useSpotlight(): ComputedRef<Spotlight | undefined> {
  const session = useSession()
  const song = useLive(session.song)
  const people = useLive(session.people)
  const beat = ref<number>()
  usePlayhead((heard) => {
    beat.value =
      heard === undefined || song.value.trade === undefined ? undefined : Math.floor(heard)
  })
  return computed(() => {
    const { trade } = song.value
    if (trade === undefined || beat.value === undefined) return undefined
    const me = people.value.find(({ isMe }) => isMe)?.id ?? ''
    return spotlightAt(trade, beat.value, me)
  })
}

/** @param beat  whole */
export function spotlightAt(trade: Trade, beat: number, me: string): Spotlight | undefined {
  if (beat >= (trade.end ?? Infinity)) return undefined
  const turn = turnAt(trade, beat)
  const beatsLeft = turn?.beatsLeft ?? trade.beat - beat
  const untilMine = beatsUntilTurn(trade, me, beat)
  return {
    person: turn?.person,
    next: turn === undefined ? trade.order[0] : turn.next,
    beatsLeft,
    share: turn === undefined ? 1 : beatsLeft / turnBeats(trade),
    barsUntilMine: untilMine === undefined ? undefined : Math.ceil(untilMine / BEATS_PER_BAR),
  }
}
