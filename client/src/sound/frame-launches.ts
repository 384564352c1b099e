import { assert } from '../lib/assert.ts'
import { launchOf, type Moment, type Song, type TrackId } from '../sequence/song.ts'
import type { FrameDrop } from './dsp/drop-gate.ts'

/** By track the frame (may be fractional) from which on it plays what it was last launched with; left out: it does. */
export type FrameLaunches = ReadonlyMap<TrackId, number>

/**
 * The moments of the song's launches in audio frames.
 *
 * @param epoch    id of the clock session that holds; what was agreed in another has passed
 * @param frameAt  the frame that is heard at a shared time; undefined while nobody knows
 */
export function toFrameLaunches(
  { tracks }: Pick<Song, 'tracks'>,
  epoch: string,
  frameAt: (sharedMs: number) => number | undefined,
): FrameLaunches {
  const launches = new Map<TrackId, number>()
  for (const track of tracks) {
    const frame = frameOf(launchOf(track).change, epoch, frameAt)
    if (frame !== undefined) launches.set(track.id, frame)
  }
  return launches
}

export function toFrameDrop(
  { drop }: Pick<Song, 'drop'>,
  epoch: string,
  frameAt: (sharedMs: number) => number | undefined,
): FrameDrop | undefined {
  const from = frameOf(drop, epoch, frameAt)
  const to = drop && frameAt(drop.endMs)
  return from === undefined || to === undefined ? undefined : { from, to }
}

const frameOf = (
  moment: Moment | undefined,
  epoch: string,
  frameAt: (sharedMs: number) => number | undefined,
): number | undefined => (moment?.epoch === epoch ? frameAt(moment.sharedMs) : undefined)

/** Moments are rounded to whole frames anyway. */
const SAME_FRAMES = 0.25

export const areSameLaunches = (one: FrameLaunches, other: FrameLaunches): boolean =>
  one.size === other.size &&
  [...one].every(([track, frame]) => Math.abs(frame - (other.get(track) ?? Infinity)) < SAME_FRAMES)

export const isSameDrop = (one: FrameDrop | undefined, other: FrameDrop | undefined): boolean =>
  one === undefined || other === undefined
    ? one === other
    : Math.abs(one.from - other.from) < SAME_FRAMES && Math.abs(one.to - other.to) < SAME_FRAMES

/** @throws RangeError when a frame is not finite */
export function checkLaunches(launches: FrameLaunches): FrameLaunches {
  for (const [track, frame] of launches) {
    assert(Number.isFinite(frame), `${track} must be launched on a finite frame, got ${frame}`)
  }
  return launches
}

/** @throws RangeError when a frame is not finite */
export function checkDrop(drop: FrameDrop | undefined): FrameDrop | undefined {
  const isFinite = drop === undefined || Number.isFinite(drop.from + drop.to)
  assert(isFinite, 'a drop must begin and end on finite frames')
  return drop
}
