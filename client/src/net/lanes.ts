import { assert } from '../lib/assert.ts'
import type { Lane } from './mesh.ts'

/** Longest message of each lane as its user sees it, in bytes. */
export const MAX_LANE_BYTES: Readonly<Record<Lane, number>> = {
  doc: 4 * 1024 * 1024,
  // One datagram on every path (1200), less the byte that tells its kind.
  live: 1199,
  clock: 256,
}

/** @throws RangeError when the message is longer than its lane carries */
export function assertFits(lane: Lane, bytes: Uint8Array): void {
  assert(
    bytes.length <= MAX_LANE_BYTES[lane],
    `a message of the ${lane} lane has at most ${String(MAX_LANE_BYTES[lane])} bytes, got ${String(bytes.length)}`,
  )
}
