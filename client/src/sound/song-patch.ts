import { compileTrack, type TrackLoop } from '../sequence/compile.ts'
import { parseSound } from '../sequence/parse-song.ts'
import type { Song, Track, TrackId } from '../sequence/song.ts'
import { TRACK_PARAMS, type TrackSound } from '../sequence/track-sound.ts'

/** What the engine is to know anew of one track. */
export interface TrackPatch {
  readonly id: TrackId
  readonly loop?: TrackLoop
  readonly sound?: TrackSound
}

/** The difference between two songs, as far as it is heard, but for the step count. A track not known before comes with loop and sound. */
export interface SongPatch {
  readonly changed: readonly TrackPatch[]
  readonly removed: readonly TrackId[]
}

interface Known {
  readonly track: Track
  readonly loop: TrackLoop
  readonly sound: TrackSound
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

/** The loop too is made of what was let in: what is no number would have no step end. */
function compiled(track: Track, { root, scale }: Song): Known {
  const sound = parseSound((param) => track.sound[param])
  return { track, loop: compileTrack({ ...track, sound }, root, scale), sound }
}

function difference(id: TrackId, old: Known | undefined, now: Known): TrackPatch | undefined {
  const { loop, sound } = now
  if (old === undefined) return { id, loop, sound }
  const isLoopSame = haveSameNotes(old.loop, loop)
  const isSoundSame = isSameSound(old.sound, sound)
  if (isLoopSame && isSoundSame) return undefined
  return { id, ...(isLoopSame ? {} : { loop }), ...(isSoundSame ? {} : { sound }) }
}

const isSameSound = (one: TrackSound, other: TrackSound): boolean =>
  TRACK_PARAMS.every((param) => one[param] === other[param])

const haveSameNotes = (one: TrackLoop, other: TrackLoop): boolean =>
  one.subdivision === other.subdivision &&
  one.ahead === other.ahead &&
  areEqual(one.firstNote, other.firstNote) &&
  areEqual(one.pitches, other.pitches) &&
  areEqual(one.velocities, other.velocities) &&
  areEqual(one.lengths, other.lengths) &&
  areEqual(one.chances, other.chances) &&
  areEqual(one.ratchets, other.ratchets) &&
  areEqual(one.flams, other.flams) &&
  areEqual(one.nudges, other.nudges)

const areEqual = (one: ArrayLike<number>, other: ArrayLike<number>): boolean =>
  one.length === other.length && Array.prototype.every.call(one, (value, i) => value === other[i])
