import { CHUNK, type Strip } from './strip.ts'

/** Writes the strip's two sides, as loud as its fader and where its pan says, to others and empties them. */
export function passFader(
  strip: Strip,
  left: Float64Array,
  right: Float64Array,
  count: number,
): void {
  strip.isReady = false
  if (strip.isStill && hasArrived(strip)) {
    pass(strip.left, left, strip.gainLeft, count)
    pass(strip.right, right, strip.gainRight, count)
    return
  }
  const { smooth } = strip
  for (let chunk = 0, from = 0; from < count; chunk++, from += CHUNK) {
    const to = Math.min(count, from + CHUNK)
    const stepLeft = ((strip.gainLeft[chunk] ?? 0) - smooth.left) / (to - from)
    const stepRight = ((strip.gainRight[chunk] ?? 0) - smooth.right) / (to - from)
    let gainLeft = smooth.left
    let gainRight = smooth.right
    for (let i = from; i < to; i++) {
      gainLeft += stepLeft
      gainRight += stepRight
      left[i] = (strip.left[i] ?? 0) * gainLeft
      right[i] = (strip.right[i] ?? 0) * gainRight
      strip.left[i] = 0
      strip.right[i] = 0
    }
    smooth.left = strip.gainLeft[chunk] ?? 0
    smooth.right = strip.gainRight[chunk] ?? 0
  }
}

const hasArrived = ({ smooth, gainLeft, gainRight }: Strip): boolean =>
  smooth.left === gainLeft[0] && smooth.right === gainRight[0]

/** One side whose fader stands still. */
function pass(side: Float64Array, out: Float64Array, gains: Float64Array, count: number): void {
  const gain = gains[0] ?? 0
  for (let i = 0; i < count; i++) {
    out[i] = (side[i] ?? 0) * gain
    side[i] = 0
  }
}
