/** The middle of the upper edge of a reaction when it has risen, in the window. */
export interface ReactionPlace {
  readonly x: number
  readonly y: number
}

/** Below the disc; CSS pixels. */
const BELOW = 10
/** From one reaction of somebody's to their next, which stands below. */
const APART = 42
/** A name beside a disc takes no part in where its middle is. */
const DISC = 32
/** So that half of a reaction is never cut off. */
const MARGIN = 40
/** Where nobody's disc is in sight. */
const ELSEWHERE = 64

/**
 * Below the disc of a person, or of the last one in sight, where there is no room for all.
 *
 * @param beside  how many reactions of theirs are there already
 */
export function placeNear(page: Document, person: string, beside: number): ReactionPlace {
  const discs = [...page.querySelectorAll<HTMLElement>('[data-person]')]
  const inSight = discs.filter((disc) => disc.getBoundingClientRect().width > 1)
  const own = inSight.find((disc) => disc.dataset['person'] === person) ?? inSight.at(-1)
  const width = page.documentElement.clientWidth
  const box = own?.getBoundingClientRect()
  const x = box === undefined ? width - MARGIN : box.left + Math.min(box.width, DISC) / 2
  const y = box === undefined ? ELSEWHERE : box.bottom + BELOW
  return { x: Math.min(width - MARGIN, Math.max(MARGIN, x)), y: y + beside * APART }
}
