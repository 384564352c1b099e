/** Rows of a page. */
const PAGE = 5

/**
 * Where a key leads in a list of rows.
 *
 * @param at  where it stands; undefined before the first press
 * @param count  how many there are
 * @returns undefined for other keys; with an arrow it may be beyond either end
 */
export function goalOf(
  key: string,
  at: number | undefined,
  columns: number,
  count: number,
): number | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ArrowRight: 1,
    ArrowLeft: -1,
    PageDown: PAGE * columns,
    PageUp: -PAGE * columns,
  }
  const step = steps[key]
  if (step === undefined) return undefined
  if (at === undefined) return 0
  const goal = at + step
  return Math.abs(step) < PAGE * columns ? goal : Math.max(0, Math.min(count - 1, goal))
}
