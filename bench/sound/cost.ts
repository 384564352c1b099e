import type { Page } from '@playwright/test'
import type { Cost, PieceName, PlayerName } from '../page/sound-types.ts'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'
import { onSoundPage } from './page.ts'

/** Each player takes its turn in each of so many rounds; its quickest counts, for the machine is not ours alone. */
const ROUNDS = 3
const PATCH = 'saw, low-pass 12 dB with an envelope, ADSR'

interface Goal {
  readonly piece: PieceName
  readonly words: string
  /** Share of a core: 400 is 4 %. */
  readonly mostMs: number
  /** How many times as much the others are to cost at least. */
  readonly native?: number
  readonly tone?: number
}

const GOALS: readonly Goal[] = [
  { piece: 'sustained', words: `64 held voices: ${PATCH}`, mostMs: 400, native: 1.5, tone: 15 },
  { piece: 'supersaw', words: '64 held voices: the same with seven saws each', mostMs: 1000 },
  {
    piece: 'sixteenths',
    words: `20 tracks of sixteenths at 125 bpm, held 240 ms, released 120 ms (60 voices): ${PATCH}`,
    mostMs: 500,
    native: 1.5,
    tone: 15,
  },
  {
    piece: 'effects',
    words: 'the same, and drive, EQ, chorus, duck, echo and reverb on each track',
    mostMs: 1000,
  },
]

type Costs = ReadonlyMap<PlayerName, Cost>

/** With Tone.js the whole of the effects takes minutes. */
const playersOf = (piece: PieceName): readonly PlayerName[] =>
  piece === 'effects' ? ['ours', 'native'] : ['ours', 'native', 'tone']

/** Ten seconds of stereo at 48 kHz, rendered offline in one browser, all players by turns. */
export const costRows = (say: Say): Promise<readonly Row[]> =>
  onSoundPage(async (page) => {
    const rows: Row[] = []
    for (const goal of GOALS) rows.push(rowOf(goal, await costsOf(page, goal.piece, say)))
    return rows
  })

async function costsOf(page: Page, piece: PieceName, say: Say): Promise<Costs> {
  const best = new Map<PlayerName, Cost>()
  for (let round = 1; round <= ROUNDS; round++) {
    for (const player of playersOf(piece)) {
      say(`sound: ${piece}, round ${String(round)} of ${String(ROUNDS)}, ${player} …`)
      const cost = await costOf(page, piece, player)
      if (cost.peak === 0) throw new Error(`${player} must play something for ${piece}`)
      if (cost.ms < (best.get(player)?.ms ?? Infinity)) best.set(player, cost)
    }
  }
  return best
}

const costOf = (page: Page, piece: PieceName, player: PlayerName): Promise<Cost> =>
  page.evaluate(
    ([name, by]) => {
      if (window.soundPage === undefined) throw new Error('the page must be ready')
      return window.soundPage.cost(name, by)
    },
    [piece, player] as const,
  )

function rowOf({ words, mostMs, native = 0, tone = 0 }: Goal, costs: Costs): Row {
  const msOf = (player: PlayerName): number => costs.get(player)?.ms ?? NaN
  const timesOurs = (player: PlayerName): number => msOf(player) / msOf('ours')
  const isCheap =
    (native === 0 || timesOurs('native') >= native) && (tone === 0 || timesOurs('tone') >= tone)
  const ratios = native === 0 ? '' : `, native ${native} times and Tone.js ${tone} times as much`
  return {
    suite: 'sound',
    row: `10 s of audio, ${words}`,
    unit: 'ms',
    ours: { value: Math.round(msOf('ours')) },
    baseline: { value: Math.round(msOf('native')) },
    baselineIs: `native nodes, params by blocks: ${timesOurs('native').toFixed(1)} times ours`,
    beside: [
      {
        is: 'of that, JavaScript on the main thread',
        figures: { value: Math.round(costs.get('native')?.mainMs ?? NaN) },
      },
      ...(costs.has('tone') ? [toneBeside(msOf('tone'), timesOurs('tone'))] : []),
    ],
    goal: `at most ${mostMs} ms${ratios}`,
    holds: msOf('ours') <= mostMs && isCheap,
  }
}

const toneBeside = (ms: number, times: number) => ({
  is: `MonoSynths of Tone.js: ${times.toFixed(1)} times ours`,
  figures: { value: Math.round(ms) },
})
