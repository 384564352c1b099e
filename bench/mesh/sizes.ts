import { figuresOf, type Row } from '../rows.ts'
import { type BenchRoom, openRoom, type Side, type Stage } from './bench-room.ts'
import { type EditFigures, measureEdits, measureSilence, tallyOf } from './mesh-edits.ts'
import { loseAllLinks } from './recovery.ts'

/** What was seen of one side with so many pages. */
interface SizeFigures {
  /** Until the mesh was complete, for each join, in ms. */
  readonly joinMs: readonly number[]
  /** Over the WebSocket, for each pair of pages, until the mesh was complete. */
  readonly signalsSent: number
  readonly signalsHeard: number
  readonly edits: EditFigures
  readonly silence: number
  /** Rounds of a loss of all links after which every edit was everywhere within 2 s. */
  readonly recovered: number
  /** How long those took, in ms. */
  readonly recoveryMs: readonly number[]
}

interface Plan {
  readonly pages: number
  readonly joins: number
  readonly edits: number
  readonly losses: number
}

const PLANS: readonly Plan[] = [
  { pages: 2, joins: 5, edits: 500, losses: 5 },
  { pages: 4, joins: 4, edits: 400, losses: 5 },
  { pages: 8, joins: 3, edits: 240, losses: 4 },
]
/** The stock may end half-linked, and then stays so. */
const JOIN_LIMIT_MS = 15_000
const PAUSE_MS = 12
const MAX_RAW_RATIO = 1.2
const MAX_SIGNALS_A_PAIR = 12

/** Meshes of 2, 4 and 8 pages, ours beside the stock. */
export async function sizeRows(stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const plan of PLANS) {
    stage.say(`mesh: ${plan.pages} pages, ours …`)
    const ours = await measure(stage, 'ours', plan)
    stage.say(`mesh: ${plan.pages} pages, stock y-webrtc …`)
    const stock = await measure(stage, 'stock', plan)
    rows.push(...rowsOf(plan, ours, stock))
  }
  return rows
}

async function measure(stage: Stage, side: Side, plan: Plan): Promise<SizeFigures> {
  const room = await openRoom(stage, side, plan.pages)
  try {
    const joinMs: number[] = []
    for (let join = 0; join < plan.joins; join++) {
      if (join > 0) await room.reload()
      joinMs.push((await room.joinAll(JOIN_LIMIT_MS)) ?? JOIN_LIMIT_MS)
    }
    const { signalsSent, signalsHeard } = await tallyOf(room)
    const pairs = (plan.pages * (plan.pages - 1)) / 2
    const silence = await measureSilence(room)
    const edits = await measureEdits(room, {
      rounds: plan.edits,
      pauseMs: PAUSE_MS,
      raw: side === 'ours',
    })
    const recoveryMs = await lose(room, side, plan.losses)
    return {
      joinMs,
      signalsSent: signalsSent.messages / pairs,
      signalsHeard: signalsHeard.messages / pairs,
      silence,
      edits,
      recovered: recoveryMs.length,
      recoveryMs,
    }
  } finally {
    await room.close()
  }
}

/** @returns ms of each round that ended well */
async function lose(room: BenchRoom, side: Side, rounds: number): Promise<readonly number[]> {
  const recoveryMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    // Ours goes on with what the round before left; the stock seldom could.
    if (side === 'stock' && round > 0) {
      await room.reload()
      await room.joinAll(JOIN_LIMIT_MS)
    }
    const ms = await loseAllLinks(room, round)
    if (ms !== undefined) recoveryMs.push(ms)
  }
  return recoveryMs
}

function rowsOf(plan: Plan, ours: SizeFigures, stock: SizeFigures): readonly Row[] {
  const { pages } = plan
  const join = { ours: figuresOf(ours.joinMs), stock: figuresOf(stock.joinMs) }
  const one = (
    row: string,
    unit: string,
    pick: (figures: SizeFigures) => number,
    goal: string,
    holds: (value: number) => boolean,
  ): Row => ({
    suite: 'mesh',
    row: `${row}, N=${pages}`,
    unit,
    ours: { value: rounded(pick(ours)) },
    baseline: { value: rounded(pick(stock)) },
    baselineIs: 'stock y-webrtc',
    goal,
    holds: holds(rounded(pick(ours))),
  })
  return [
    {
      suite: 'mesh',
      row: `time to a complete mesh, N=${pages}`,
      unit: 'ms',
      ours: join.ours,
      baseline: join.stock,
      baselineIs: `stock y-webrtc; given up after ${JOIN_LIMIT_MS} ms`,
      goal: 'p50 no slower than the stock',
      holds: join.ours.p50 <= join.stock.p50,
    },
    one(
      'signalling messages a pair, sent',
      'messages',
      ({ signalsSent }) => signalsSent,
      `at most ${MAX_SIGNALS_A_PAIR}`,
      (value) => value <= MAX_SIGNALS_A_PAIR,
    ),
    one(
      'signalling messages a pair, heard',
      'messages',
      ({ signalsHeard }) => signalsHeard,
      `at most ${MAX_SIGNALS_A_PAIR}`,
      (value) => value <= MAX_SIGNALS_A_PAIR,
    ),
    ...editRows(pages, ours, stock),
    one(
      'messages an edit',
      'messages',
      ({ edits }) => edits.messages,
      `exactly ${pages - 1}`,
      (value) => value === pages - 1,
    ),
    one(
      'live copies an edit',
      'messages',
      ({ edits }) => edits.copies,
      `at most ${2 * (pages - 1)}`,
      (value) => value <= 2 * (pages - 1),
    ),
    one(
      'bytes an edit',
      'bytes',
      ({ edits }) => edits.bytes,
      'no more than the stock',
      (value) => value <= rounded(stock.edits.bytes),
    ),
    one(
      'bytes of live copies an edit',
      'bytes',
      ({ edits }) => edits.copyBytes,
      'none set: the price of edits that loss does not delay',
      () => true,
    ),
    {
      suite: 'mesh',
      row: `other messages a second and page while edits flow, N=${pages}`,
      unit: 'messages',
      ours: { value: rounded(ours.edits.background) },
      baseline: { value: rounded(ours.silence) },
      baselineIs: 'ours in silence',
      goal: 'edits cause no more than 1 a second',
      holds: ours.edits.background <= ours.silence + 1,
    },
    one(
      `of ${plan.losses} losses of all links at once, every edit everywhere within 2 s`,
      'rounds',
      ({ recovered }) => recovered,
      'each time',
      (value) => value === plan.losses,
    ),
    ...(ours.recovered === 0
      ? []
      : [
          {
            suite: 'mesh',
            row: `from that loss to the last edit everywhere, N=${pages}`,
            unit: 'ms',
            ours: figuresOf(ours.recoveryMs),
            baseline: stock.recovered === 0 ? null : figuresOf(stock.recoveryMs),
            baselineIs: 'stock y-webrtc, where it recovered',
            goal: 'at most 2000 ms',
            holds: ours.recovered === plan.losses,
          },
        ]),
  ]
}

function editRows(pages: number, ours: SizeFigures, stock: SizeFigures): readonly Row[] {
  const { edit, raw } = ours.edits
  if (raw === undefined) throw new Error('raw bytes must have been sent')
  const ratio = edit.p50 / raw.p50
  return [
    {
      suite: 'mesh',
      row: `edit to applied, N=${pages}`,
      unit: 'ms',
      ours: edit,
      baseline: stock.edits.edit,
      baselineIs: 'stock y-webrtc',
      goal: 'p50 no slower than the stock',
      holds: edit.p50 <= stock.edits.edit.p50,
    },
    {
      suite: 'mesh',
      row: `edit to applied beside raw bytes, N=${pages}`,
      unit: 'ms',
      ours: edit,
      baseline: raw,
      baselineIs: 'as many bytes sent raw to the same peers, by turns',
      goal: `p50 within ${MAX_RAW_RATIO} of raw (is ${rounded(ratio)})`,
      holds: ratio <= MAX_RAW_RATIO,
    },
    {
      suite: 'mesh',
      row: `edits that arrived, N=${pages}`,
      unit: 'share',
      ours: { value: ours.edits.delivered },
      baseline: { value: stock.edits.delivered },
      baselineIs: 'stock y-webrtc',
      goal: 'all',
      holds: ours.edits.delivered === 1,
    },
  ]
}

const rounded = (value: number): number => Number(value.toFixed(2))
