import { type Spread, spreadOf } from '../e2e/stats.ts'

export type Figures = Spread | { readonly value: number }

/** One line of a suite: our figures beside a baseline measured in the same minutes. */
export interface Row {
  readonly suite: string
  readonly row: string
  readonly unit: string
  readonly ours: Figures
  readonly baseline: Figures | null
  /** What the baseline is, in words. */
  readonly baselineIs: string | null
  /** Where more than one thing was measured beside ours. */
  readonly beside?: readonly { readonly is: string; readonly figures: Figures }[]
  readonly goal: string
  readonly holds: boolean
}

const DIGITS = 3

/** Percentiles rounded to thousandths of the unit. */
export function figuresOf(values: readonly number[]): Spread {
  const { p50, p95, p99, max } = spreadOf(values)
  return { p50: rounded(p50), p95: rounded(p95), p99: rounded(p99), max: rounded(max) }
}

const rounded = (value: number): number => Number(value.toFixed(DIGITS))

/** A row as people read it. */
export function rowWords({
  suite,
  row,
  unit,
  ours,
  baseline,
  baselineIs,
  beside = [],
  goal,
  holds,
}: Row): string {
  const lines = [
    `${suite}: ${row}`,
    `  ours      ${figureWords(ours, unit)}`,
    ...(baseline === null
      ? []
      : [`  baseline  ${figureWords(baseline, unit)}  (${baselineIs ?? 'unnamed'})`]),
    ...beside.map(({ is, figures }) => `  beside    ${figureWords(figures, unit)}  (${is})`),
    `  goal      ${goal}: ${holds ? 'holds' : 'DOES NOT HOLD'}`,
  ]
  return lines.join('\n')
}

const figureWords = (figures: Figures, unit: string): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value} ${unit}`)
    .join('  ')
