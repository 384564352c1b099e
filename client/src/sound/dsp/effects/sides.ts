import { valueAt } from './sanity.ts'

/** Whether both sides are the same, as those of most sounds are before the first effect that is stereo. */
export function areAlike(left: Float64Array, right: Float64Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (valueAt(left, i) !== valueAt(right, i)) return false
  return true
}

export function copySide(from: Float64Array, to: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) to[i] = valueAt(from, i)
}

/** What both sides of an effect remember, which compute as one while they are the same since all was silent. */
export interface Sides {
  isMono: boolean
  readonly left: Float64Array
  readonly right: Float64Array
}

/** Where the sides part, they do so from the same states. */
export function partSides(
  sides: Sides,
  left: Float64Array,
  right: Float64Array,
  count: number,
): void {
  if (!sides.isMono || areAlike(left, right, count)) return
  sides.isMono = false
  sides.right.set(sides.left)
}
