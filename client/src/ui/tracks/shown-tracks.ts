import type { Person } from '../../app/session-types.ts'
import type { Follow } from '../../sequence/follow-chords.ts'
import { EMPTY_PATTERN } from '../../sequence/pattern.ts'
import type { Pattern, PatternName } from '../../sequence/pattern.ts'
import { FIRST, launchOf, patternOf, stepsOf } from '../../sequence/song.ts'
import type { Launch, Song, StepCount, Subdivision, Track, TrackId } from '../../sequence/song.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { TRACK_WORDS } from '../../words/tracks.ts'

/** A track as the page shows it. */
export interface ShownTrack {
  readonly id: TrackId
  /** Its own, or else its owner's. */
  readonly name: string
  readonly ownerName: string
  /** Who it belongs to, whether or not they are here. */
  readonly ownerId: string
  readonly colour: number
  readonly ownerColour: number
  /** Its own colour; undefined where it is its owner's. */
  readonly tint: number | undefined
  /** Whether it is the one that this person had first. */
  readonly isMine: boolean
  /** Whether it is this person's at all. */
  readonly isOwn: boolean
  /** Whether its owner is in the room. */
  readonly owner: 'here' | 'away' | 'left'
  /** Whether its owner, who is here, lets nobody else change it. */
  readonly isShut: boolean
  readonly isLocked: boolean
  readonly subdivision: Subdivision
  /** Steps in its loops, and whether that many because it wants to. */
  readonly stepCount: StepCount
  readonly ownSteps: StepCount | undefined
  /** Percent; undefined where it is the song's. */
  readonly ownSwing: number | undefined
  /** How it follows the song's chords; undefined where it does not. */
  readonly follow: Follow | undefined
  readonly sound: TrackSound
  /** What it plays, and is to play. */
  readonly launch: Launch
  /** Which of its patterns is open. */
  readonly patternName: PatternName
  readonly pattern: Pattern
  /** What it plays, whatever is open. */
  readonly playing: Pattern
  /** Those that have notes. */
  readonly filled: ReadonlySet<PatternName>
}

/** Such as "bo's track". */
export const ofTrack = ({ isMine, name }: ShownTrack): string =>
  isMine ? TRACK_WORDS.yourTrack : TRACK_WORDS.trackOf(name)

/** Which pattern somebody looks at, of tracks where it is not the one that plays. */
export type OpenPatterns = ReadonlyMap<TrackId, PatternName>

/** My track first, even while it is not in the song yet; then everyone else's, in the order of the song. */
export function shownTracks(
  song: Song,
  people: readonly Person[],
  myTrackId: TrackId,
  open: OpenPatterns = new Map(),
): readonly [ShownTrack, ...ShownTrack[]] {
  const me = people.find((person) => person.isMe)
  const mine = song.tracks.find((track) => track.id === myTrackId)
  const others = song.tracks.filter((track) => track.id !== myTrackId)
  return [
    mine === undefined
      ? unwrittenTrack(myTrackId, me, song)
      : { ...shown(mine, me, song, open), isMine: true, isOwn: true, isShut: false },
    ...others.map((track) =>
      shown(
        track,
        people.find((person) => person.id === track.owner),
        song,
        open,
      ),
    ),
  ]
}

function shown(
  track: Track,
  owner: Person | undefined,
  song: Song,
  open: OpenPatterns,
): ShownTrack {
  const launch = launchOf(track)
  const patternName = open.get(track.id) ?? launch.pattern
  const ownerName = owner?.name ?? track.name
  const ownerColour = owner?.colour ?? track.colour
  const isOwn = owner?.isMe === true
  return {
    id: track.id,
    name: track.title ?? ownerName,
    ownerName,
    ownerId: track.owner,
    colour: track.tint ?? ownerColour,
    ownerColour,
    tint: track.tint,
    isMine: false,
    isOwn,
    owner: owner?.presence ?? 'left',
    isShut: track.isLocked === true && !isOwn && owner !== undefined,
    isLocked: track.isLocked === true,
    subdivision: track.subdivision,
    stepCount: stepsOf(track, song),
    ownSteps: track.steps,
    ownSwing: track.swing,
    follow: track.follow,
    sound: track.sound,
    launch,
    patternName,
    pattern: patternOf(track, patternName),
    playing: launch.isOff ? EMPTY_PATTERN : patternOf(track, launch.pattern),
    filled: new Set(
      (Object.keys(track.patterns) as PatternName[]).filter(
        (name) => patternOf(track, name).size > 0,
      ),
    ),
  }
}

const unwrittenTrack = (
  id: TrackId,
  me: Person | undefined,
  { stepCount }: Pick<Song, 'stepCount'>,
): ShownTrack => ({
  id,
  name: me?.name ?? 'me',
  ownerName: me?.name ?? 'me',
  ownerId: me?.id ?? '',
  colour: me?.colour ?? 0,
  ownerColour: me?.colour ?? 0,
  tint: undefined,
  isMine: true,
  isOwn: true,
  owner: 'here',
  isShut: false,
  isLocked: false,
  subdivision: 4,
  stepCount,
  ownSteps: undefined,
  ownSwing: undefined,
  follow: undefined,
  sound: INITIAL_SOUND,
  launch: FIRST,
  patternName: 'a',
  pattern: EMPTY_PATTERN,
  playing: EMPTY_PATTERN,
  filled: new Set(),
})
