/**
 * Where an arrow key leads in a list of rows.
 *
 * @param at  where it stands; undefined before the first press
 * @returns undefined for other keys; it may be beyond either end
 */
export function goalOf(key: string, at: number | undefined, columns: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ArrowRight: 1,
    ArrowLeft: -1,
  }
  const step = steps[key]
  if (step === undefined) return undefined
  return at === undefined ? 0 : at + step
}
