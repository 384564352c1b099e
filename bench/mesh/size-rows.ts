import { figuresOf, type Row } from '../rows.ts'
import type { EditFigures } from './mesh-edits.ts'

export interface Plan {
  readonly pages: number
  readonly joins: number
  readonly edits: number
  readonly losses: number
}

/** What was seen of one side with so many pages. */
export interface SizeFigures {
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

/** The stock may end half-linked, and then stays so. */
export const JOIN_LIMIT_MS = 8000
const MAX_RAW_RATIO = 1.2
const MAX_SIGNALS_A_PAIR = 12

/** What was seen of so many pages, ours beside the stock. */
export function rowsOf(plan: Plan, ours: SizeFigures, stock: SizeFigures): readonly Row[] {
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
      'none set',
      () => true,
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
