/*
 * A glide: speed changes linearly in time from `from` to `to`, over `beats` beats, and then stays. Speeds are in beats a
 * unit of time, above 0; the unit is the caller's: minutes here, frames in the audio thread. Plain numbers in and out,
 * for the audio thread makes no objects. With t the time since the glide began, the beats are from·t + a·t²/2, where
 * a = (to - from) / duration, and the duration is 2·beats / (from + to).
 */

/** How long the glide takes. */
export const glideDuration = (from: number, to: number, beats: number): number =>
  (2 * beats) / (from + to)

/** Beats that have gone by; before the glide (`elapsed` below 0) at its first speed, after it at its last. */
export function glideBeats(from: number, to: number, beats: number, elapsed: number): number {
  if (elapsed <= 0) return from * elapsed
  const duration = glideDuration(from, to, beats)
  if (elapsed >= duration) return beats + to * (elapsed - duration)
  return (from + ((to - from) * elapsed) / (2 * duration)) * elapsed
}

/** When so many beats have gone by: undoes `glideBeats`. */
export function glideElapsed(from: number, to: number, beats: number, gone: number): number {
  if (gone <= 0) return gone / from
  if (gone >= beats) return glideDuration(from, to, beats) + (gone - beats) / to
  // The root that grows from 0, written so that nearly equal speeds divide by no difference of theirs.
  const now = Math.sqrt(from * from + ((to * to - from * from) * gone) / beats)
  return (2 * gone) / (from + now)
}

/** The speed at a moment of the glide, before or after it. */
export function glideSpeed(from: number, to: number, beats: number, elapsed: number): number {
  const share = elapsed / glideDuration(from, to, beats)
  return from + (to - from) * Math.min(1, Math.max(0, share))
}
