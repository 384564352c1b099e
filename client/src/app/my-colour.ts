/** Colours are handed out until all are taken, then again from the first. */
export const COLOUR_COUNT = 14

/**
 * A colour that the fewest others wear; the one already worn, if nobody else does.
 *
 * @param others  indices of the others' colours
 * @param random  from 0 (inclusive) to 1 (exclusive)
 */
export function chooseColour(worn: number, others: readonly number[], random: number): number {
  if (!others.includes(worn)) return worn
  const wearers = Array.from(
    { length: COLOUR_COUNT },
    (_, colour) => others.filter((other) => other === colour).length,
  )
  const least = Math.min(...wearers)
  const free = wearers.flatMap((count, colour) => (count === least ? [colour] : []))
  return free[Math.floor(random * free.length)] ?? worn
}
