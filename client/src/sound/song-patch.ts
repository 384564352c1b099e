import { compileTrack, type TrackLoop } from '../sequence/compile.ts'
import { clampParam } from '../sequence/parse-song.ts'
import type { Song, Track, TrackId } from '../sequence/song.ts'
import {
  INITIAL_SOUND,
  NUMERIC_PARAMS,
  type NumericParam,
  type SynthSound,
} from '../sequence/synth-sound.ts'

/** What the engine is to know anew of one track. */
export interface TrackPatch {
  readonly id: TrackId
  readonly loop?: TrackLoop
  readonly sound?: SynthSound
}

/** The difference between two songs, as far as it is heard, but for the step count. A track not known before comes with loop and sound. */
export interface SongPatch {
  readonly changed: readonly TrackPatch[]
  readonly removed: readonly TrackId[]
}

interface Known {
  readonly track: Track
  readonly loop: TrackLoop
  readonly sound: SynthSound
}

/** @returns a function from a song to what differs from the song given before; undefined when nothing does */
export function createSongPatcher(): (song: Song) => SongPatch | undefined {
  let known: ReadonlyMap<TrackId, Known> = new Map()
  let last: Song | undefined
  return (song) => {
    const isSameFrame = last !== undefined && hasSameFrame(song, last)
    last = song
    const before = known
    const now = new Map<TrackId, Known>()
    const changed: TrackPatch[] = []
    for (const track of song.tracks) {
      const old = before.get(track.id)
      const current = isSameFrame && old?.track === track ? old : compiled(track, song)
      now.set(track.id, current)
      const patch = current === old ? undefined : difference(track.id, old, current)
      if (patch !== undefined) changed.push(patch)
    }
    known = now
    const removed = [...before.keys()].filter((id) => !now.has(id))
    return changed.length + removed.length === 0 ? undefined : { changed, removed }
  }
}

const hasSameFrame = (one: Song, other: Song): boolean =>
  one.root === other.root && one.scale === other.scale

const compiled = (track: Track, { root, scale }: Song): Known => ({
  track,
  loop: compileTrack(track, root, scale),
  sound: clampSound(track.sound),
})

/** Every number within its range; one that is none becomes the usual value. */
function clampSound(sound: SynthSound): SynthSound {
  const numbers: Partial<Record<NumericParam, number>> = {}
  for (const param of NUMERIC_PARAMS) {
    numbers[param] = clampParam(param, sound[param]) ?? INITIAL_SOUND[param]
  }
  return { ...INITIAL_SOUND, ...numbers, waveform: sound.waveform }
}

function difference(id: TrackId, old: Known | undefined, now: Known): TrackPatch | undefined {
  const { loop, sound } = now
  if (old === undefined) return { id, loop, sound }
  const isLoopSame = haveSameNotes(old.loop, loop)
  const isSoundSame = isSameSound(old.sound, sound)
  if (isLoopSame && isSoundSame) return undefined
  return { id, ...(isLoopSame ? {} : { loop }), ...(isSoundSame ? {} : { sound }) }
}

const isSameSound = (one: SynthSound, other: SynthSound): boolean =>
  one.waveform === other.waveform && NUMERIC_PARAMS.every((param) => one[param] === other[param])

const haveSameNotes = (one: TrackLoop, other: TrackLoop): boolean =>
  one.subdivision === other.subdivision &&
  areEqual(one.firstNote, other.firstNote) &&
  areEqual(one.pitches, other.pitches) &&
  areEqual(one.velocities, other.velocities) &&
  areEqual(one.lengths, other.lengths)

const areEqual = (one: ArrayLike<number>, other: ArrayLike<number>): boolean =>
  one.length === other.length && Array.prototype.every.call(one, (value, i) => value === other[i])
