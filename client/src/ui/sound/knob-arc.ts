/** A knob turns from seven o'clock over twelve to five o'clock: 270 degrees, on a field of 48 by 48. */
const CENTRE = 24
const RADIUS = 20
const FIRST_DEGREES = 135
const SWEEP_DEGREES = 270

/** Both ends of a knob's way, as turns. */
export const KNOB_START = 0
export const KNOB_END = 1

/** @param turn 0 to 1 */
export function pointAt(turn: number, radius: number): { x: number; y: number } {
  const radians = ((FIRST_DEGREES + turn * SWEEP_DEGREES) * Math.PI) / 180
  return { x: CENTRE + radius * Math.cos(radians), y: CENTRE + radius * Math.sin(radians) }
}

/** Path of an arc between two turns, whichever is first, for the `d` of an SVG path. */
export function arcPath(one: number, other: number): string {
  const [from, to] = [Math.min(one, other), Math.max(one, other)]
  const start = pointAt(from, RADIUS)
  const end = pointAt(to, RADIUS)
  const large = (to - from) * SWEEP_DEGREES > 180 ? 1 : 0
  return `M${start.x} ${start.y}A${RADIUS} ${RADIUS} 0 ${large} 1 ${end.x} ${end.y}`
}
