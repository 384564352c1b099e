import type { Song } from '../../sequence/song.ts'
import { createEngineCore } from '../engine-core.ts'
import { createSongPatcher } from '../song-patch.ts'

/** How one listener's engine differs from another's, though both play one song. */
export interface Peer {
  /** Frame of the song, counted from its beat 0, at which its first block begins. */
  readonly from?: number
  /** Frames that are processed at a time. */
  readonly block?: number
  /** Tells it of the last track first. */
  readonly isReversed?: boolean
}

const SAMPLE_RATE = 48_000

/** The left side of a song at 120 beats a minute from frame `from` up to, not with, `to`, as that listener hears it. */
export function heardBy(
  { from = -128, block = 128, isReversed = false }: Peer,
  song: Song,
  to: number,
): Float32Array {
  const core = createEngineCore(SAMPLE_RATE)
  const patchTo = createSongPatcher()
  const tracks = isReversed ? song.tracks.toReversed() : song.tracks
  for (let count = 1; count <= tracks.length; count++) {
    const patch = patchTo({ ...song, tracks: tracks.slice(0, count) })
    if (patch !== undefined) core.change(patch)
  }
  core.setOrigin(0)
  core.setTempo([{ frame: 0, beat: 0, framesPerBeat: 24_000, playing: true }])
  const left = new Float32Array(to - from + block)
  const right = new Float32Array(block)
  for (let at = 0; at < to - from; at += block) {
    core.process(left.subarray(at, at + block), right, from + at)
  }
  return left.subarray(0, to - from)
}
