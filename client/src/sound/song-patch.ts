import type { TrackLoop } from '../sequence/compile.ts'
import { compileTrack } from '../sequence/compile-track.ts'
import { parseSound } from '../sequence/parse-song.ts'
import { launchOf, type Playing, type Song, type Track, type TrackId } from '../sequence/song.ts'
import { TRACK_PARAMS, type TrackSound } from '../sequence/track-sound.ts'

/** What the engine is to know anew of one track. */
export interface TrackPatch {
  readonly id: TrackId
  readonly loop?: TrackLoop
  /** What it plays until its launch, see `FrameLaunches`; null for the same. */
  readonly before?: TrackLoop | null
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
  readonly before: TrackLoop | null
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
  one.root === other.root &&
  one.scale === other.scale &&
  one.swing === other.swing &&
  JSON.stringify(one.chords) === JSON.stringify(other.chords)

/** The loop too is made of what was let in: what is no number would have no step end. */
function compiled(track: Track, song: Song): Known {
  const sound = parseSound((param) => track.sound[param])
  const launch = launchOf(track)
  const loopOf = (playing: Playing): TrackLoop => compileTrack({ ...track, sound }, song, playing)
  const before = launch.change === undefined ? null : loopOf(launch.change.before)
  return { track, loop: loopOf(launch), before, sound }
}

function difference(id: TrackId, old: Known | undefined, now: Known): TrackPatch | undefined {
  const { loop, before, sound } = now
  if (old === undefined) return { id, loop, before, sound }
  const isLoopSame = haveSameNotes(old.loop, loop)
  const isBeforeSame =
    old.before === null || before === null
      ? old.before === before
      : haveSameNotes(old.before, before)
  const isSoundSame = isSameSound(old.sound, sound)
  if (isLoopSame && isBeforeSame && isSoundSame) return undefined
  return {
    id,
    ...(isLoopSame ? {} : { loop }),
    ...(isBeforeSame ? {} : { before }),
    ...(isSoundSame ? {} : { sound }),
  }
}

const isSameSound = (one: TrackSound, other: TrackSound): boolean =>
  TRACK_PARAMS.every((param) => one[param] === other[param])

const NUMBERS = ['subdivision', 'stepCount', 'swing', 'ahead'] as const
const LISTS = [
  'firstNote',
  'pitches',
  'velocities',
  'lengths',
  'chances',
  'ratchets',
  'flams',
  'nudges',
] as const

const haveSameNotes = (one: TrackLoop, other: TrackLoop): boolean =>
  NUMBERS.every((key) => one[key] === other[key]) &&
  LISTS.every((key) => areEqual(one[key], other[key])) &&
  areEqual(one.lane?.ends ?? [], other.lane?.ends ?? []) &&
  haveSameParts(partsOf(one), partsOf(other))

/** The loops that are within one. */
const partsOf = ({ lane, chords }: TrackLoop): readonly (TrackLoop | undefined)[] => [
  chords,
  ...(lane?.loops ?? []),
]

const haveSameParts = (
  ones: readonly (TrackLoop | undefined)[],
  others: readonly (TrackLoop | undefined)[],
): boolean =>
  ones.length === others.length &&
  ones.every((one, place) => {
    const other = others[place]
    return one === undefined || other === undefined ? one === other : haveSameNotes(one, other)
  })

const areEqual = (one: ArrayLike<number>, other: ArrayLike<number>): boolean =>
  one.length === other.length && Array.prototype.every.call(one, (value, i) => value === other[i])
