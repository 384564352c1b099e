/** Where the playhead stood in its loop, 0 to 1, at a moment of the wall clock in ms. */
export type Glance = readonly [wallMs: number, share: number]

/** Runs in a page: follows the first playhead for so long. */
export function watchPlayhead(forMs: number): Promise<Glance[]> {
  const glances: [number, number][] = []
  const endMs = performance.now() + forMs
  return new Promise((resolve) => {
    function look(): void {
      const bar = document.querySelector<HTMLElement>('.playhead')
      const share = bar?.dataset['share']
      const nowMs = performance.now()
      if (share !== undefined && bar?.hidden === false) {
        glances.push([performance.timeOrigin + nowMs, Number(share)])
      }
      if (nowMs < endMs) requestAnimationFrame(look)
      else resolve(glances)
    }
    requestAnimationFrame(look)
  })
}

/**
 * How far the second playhead is ahead of the first, in ms, by the medians of what was seen.
 *
 * @param loopMs  how long a loop takes
 * @throws RangeError when one of them was not seen
 */
export function playheadSkew(
  first: readonly Glance[],
  second: readonly Glance[],
  loopMs: number,
): number {
  const originMs = first[0]?.[0] ?? 0
  const phases = (glances: readonly Glance[]): readonly number[] =>
    glances.map(([wallMs, share]) => share * loopMs - (wallMs - originMs))
  const [a] = phases(first)
  if (a === undefined || second.length === 0) {
    throw new RangeError('both playheads must have been seen')
  }
  // Phases go round: each is counted from the first one, within half a loop of it.
  const near = (phase: number): number => phase - a - Math.round((phase - a) / loopMs) * loopMs
  return median(phases(second).map(near)) - median(phases(first).map(near))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
