import { assert } from '../lib/assert.ts'
import type { Lane } from './mesh.ts'

/** Longest message of each lane as its user sees it, in bytes. */
export const MAX_LANE_BYTES: Readonly<Record<Lane, number>> = {
  // Two songs that each fit their cap of 4 MiB may meet, and come as one.
  doc: 8 * 1024 * 1024 + 64 * 1024,
  // One datagram on every path (1200), less the byte that tells its kind.
  live: 1199,
  clock: 256,
}

/** The same of the doc lane with the byte that tells its kind. */
export const MAX_DOC_MESSAGE_BYTES = MAX_LANE_BYTES.doc + 1

/** What may wait at the connection before a clock frame is dropped. */
export const CLOCK_HIGH_WATER_BYTES = 1024

/** @throws RangeError when the message is longer than its lane carries */
export function assertFits(lane: Lane, bytes: Uint8Array): void {
  assert(
    bytes.length <= MAX_LANE_BYTES[lane],
    `a message of the ${lane} lane has at most ${String(MAX_LANE_BYTES[lane])} bytes, got ${String(bytes.length)}`,
  )
}
