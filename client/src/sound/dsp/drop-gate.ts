/** Frames between which nothing is heard, fractions allowed. */
export interface FrameDrop {
  readonly from: number
  readonly to: number
}

/** For which the sound goes and comes: short enough for the first stroke after the silence to be whole. */
const FADE_SECONDS = 0.004

/**
 * Silences what of a block lies within a drop. It has faded by `from` plus 4 ms, and is back in full at `to`.
 *
 * @param frame  of the block's first sample
 */
export function passDropGate(
  drop: FrameDrop | undefined,
  left: Float64Array,
  right: Float64Array,
  frame: number,
  count: number,
  sampleRate: number,
): void {
  if (drop === undefined || frame >= drop.to || frame + count <= drop.from) return
  const fade = FADE_SECONDS * sampleRate
  for (let i = 0; i < count; i++) {
    const at = frame + i
    const gone = (at - drop.from) / fade
    const back = (at - (drop.to - fade)) / fade
    const gain = Math.min(1, Math.max(0, 1 - gone, back))
    left[i] = (left[i] ?? 0) * gain
    right[i] = (right[i] ?? 0) * gain
  }
}

/** Whether a note that begins on this frame is left out. */
export const isDropped = (drop: FrameDrop | undefined, frame: number): boolean =>
  drop !== undefined && frame >= drop.from && frame < drop.to
