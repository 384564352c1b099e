import type { Sides } from '../export/stem-types.ts'

/** The last minute of what was played, written over again and again, by audio frames. */
export interface TapeRing {
  /** Blocks up to the end of what is written, and to its beginning, counted from frame 0. */
  readonly marks: Int32Array
  readonly left: Float32Array
  readonly right: Float32Array
}

/** Frames that the audio thread writes at once. */
export const TAPE_BLOCK = 128
/** In all: 62 s at 48 kHz, 31 at 96. */
const MOST_BYTES = 24_000_000
const FRAME_BYTES = 8
const RING_FRAMES = Math.floor(MOST_BYTES / FRAME_BYTES / TAPE_BLOCK) * TAPE_BLOCK
const MARKS_BYTES = 8
const [END, BEGIN] = [0, 1]
/** The oldest frames are about to be written over. */
const MARGIN_FRAMES = 128 * TAPE_BLOCK
/** That can be read when it is full: a minute at 48 kHz. */
export const HELD_FRAMES = RING_FRAMES - MARGIN_FRAMES
/** Nothing is written yet. */
const NONE = -1

export const TAPE_BYTES = MARKS_BYTES + RING_FRAMES * FRAME_BYTES

/** @param buffer  of `TAPE_BYTES`, which several threads may share */
export function ringIn(buffer: ArrayBufferLike): TapeRing {
  return {
    marks: new Int32Array(buffer, 0, 2),
    left: new Float32Array(buffer, MARKS_BYTES, RING_FRAMES),
    right: new Float32Array(buffer, MARKS_BYTES + RING_FRAMES * 4, RING_FRAMES),
  }
}

/** Makes it empty. */
export function clearRing({ marks }: TapeRing): void {
  marks.fill(NONE)
}

/**
 * Writes frames on, without making objects.
 *
 * @param frame  of the first, a multiple of `TAPE_BLOCK`, as is their number; undefined sides are silence
 */
export function putFrames(
  { marks, left, right }: TapeRing,
  frame: number,
  count: number,
  fromLeft: Float32Array | undefined,
  fromRight: Float32Array | undefined,
): void {
  const at = frame % RING_FRAMES
  if (fromLeft === undefined) left.fill(0, at, at + count)
  else left.set(fromLeft, at)
  if (fromRight === undefined) right.fill(0, at, at + count)
  else right.set(fromRight, at)
  const begins = frame / TAPE_BLOCK
  // After a gap all before it is forgotten.
  if (Atomics.load(marks, END) !== begins) Atomics.store(marks, BEGIN, begins)
  Atomics.store(marks, END, begins + count / TAPE_BLOCK)
}

/** The frames that can be read: from the oldest up to, not with, the end; the same number where there are none. */
export function framesIn({ marks }: TapeRing): { readonly from: number; readonly to: number } {
  const to = Atomics.load(marks, END) * TAPE_BLOCK
  if (to < 0) return { from: 0, to: 0 }
  const begun = Atomics.load(marks, BEGIN) * TAPE_BLOCK
  return { from: Math.max(begun, to - HELD_FRAMES), to }
}

/** A copy of frames; undefined where they are not there, or were written over meanwhile. */
export function readFrames(ring: TapeRing, from: number, to: number): Sides | undefined {
  if (!holds(ring, from, to)) return undefined
  const copy = (side: Float32Array): Float32Array => {
    const at = from % RING_FRAMES
    const taken = new Float32Array(to - from)
    const first = side.subarray(at, at + taken.length)
    taken.set(first)
    taken.set(side.subarray(0, taken.length - first.length), first.length)
    return taken
  }
  const sides = { left: copy(ring.left), right: copy(ring.right) }
  return holds(ring, from, to) ? sides : undefined
}

function holds(ring: TapeRing, from: number, to: number): boolean {
  const there = framesIn(ring)
  return from >= there.from && to <= there.to && from <= to
}
