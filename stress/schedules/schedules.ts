import { seedOf } from '../random.ts'
import type { Scenario } from '../scenario.ts'
import { type Outcome, playSchedule } from './schedule.ts'

/** What many schedules came to. */
export interface Tally {
  readonly played: number
  readonly partial: number
  readonly marks: number
  readonly compactions: number
  /** Longest time from the links' return until all songs were equal, ms. */
  readonly slowestMs: number
  /** What went wrong, each with the index that draws it again from the same seed. */
  readonly failures: readonly string[]
}

/** Past so many failures the rest would tell nothing new. */
const ENOUGH_FAILURES = 5

/** @param first  index of the first one, to play one of them again */
export async function playSchedules(seed: number, count: number, first = 0): Promise<Tally> {
  const outcomes: Outcome[] = []
  const failures: string[] = []
  for (let index = first; index < first + count; index++) {
    try {
      outcomes.push(await playSchedule(seedOf(seed, index)))
    } catch (error) {
      failures.push(`schedule ${index}: ${String(error)}`)
    }
    if (failures.length === ENOUGH_FAILURES) break
  }
  return {
    played: outcomes.length + failures.length,
    partial: outcomes.filter(({ partial }) => partial).length,
    marks: outcomes.reduce((sum, { marks }) => sum + marks, 0),
    compactions: outcomes.reduce((sum, { compactions }) => sum + compactions, 0),
    slowestMs: Math.max(0, ...outcomes.map(({ healedMs }) => healedMs)),
    failures,
  }
}

export const schedules: Scenario = {
  name: 'random schedules: partition, reorder, duplicate, crash, reload',
  async run({ seed, count, first }) {
    const { played, partial, marks, compactions, slowestMs, failures } = await playSchedules(
      seed,
      count,
      first,
    )
    const words =
      `${partial} of ${played} with links missing to the end, ${marks} edits, ${compactions} compactions, ` +
      `all songs equal after ${(slowestMs / 1000).toFixed(2)} s at most`
    return {
      passed: played - failures.length,
      failed: failures.length,
      words: [words, ...failures].join('\n     '),
    }
  },
}
