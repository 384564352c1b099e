import { BLOCK } from './strip.ts'

/** What all tracks add to, and room to work in. */
export interface Desk {
  readonly left: Float64Array
  readonly right: Float64Array
  /** What is sent to the room's reverb. */
  readonly sendLeft: Float64Array
  readonly sendRight: Float64Array
  /** Of the track in work, after its fader. */
  readonly busLeft: Float64Array
  readonly busRight: Float64Array
}

const side = (): Float64Array => new Float64Array(BLOCK)

export const createDesk = (): Desk => ({
  left: side(),
  right: side(),
  sendLeft: side(),
  sendRight: side(),
  busLeft: side(),
  busRight: side(),
})

/** Before a block is mixed. */
export function clearDesk({ left, right, sendLeft, sendRight }: Desk): void {
  left.fill(0)
  right.fill(0)
  sendLeft.fill(0)
  sendRight.fill(0)
}
