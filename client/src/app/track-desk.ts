import type { Jam } from '../jam/jam.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import { type Part, partOf } from '../jam/song-part.ts'
import { LOCKED } from '../jam/track-draft.ts'
import { parseName } from '../sequence/parse-name.ts'
import type { Song, Track, TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { createTrackId } from './ids.ts'
import type { Session } from './session-types.ts'

/** What is done to tracks as a whole. */
export type TrackDesk = Pick<
  Session,
  | 'mayAddTrack'
  | 'addTrack'
  | 'duplicateTrack'
  | 'removeTrack'
  | 'adoptTrack'
  | 'moveTrack'
  | 'nameTrack'
  | 'tintTrack'
  | 'lockTrack'
  | 'setTrackSteps'
  | 'setTrackSwing'
  | 'followChords'
  | 'setSubdivision'
> & {
  /** Whether nobody who is here has locked it against this person. */
  mayEdit(track: TrackId): boolean
  /** How many tracks this person may add. */
  freeTracks(): number
  /** When the next track is born, milliseconds since 1970: later than the one before. */
  nextMs(): number
  /** Adds a track that plays a part, as far as there is room. */
  addPart(part: Part, title: string): TrackId | undefined
}

export interface TrackDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'verbs'>
  readonly ownTrack: () => OwnTrack
  /** Whether the person of that peer id has a seat in the room. */
  readonly isHere: (owner: string) => boolean
  /** Milliseconds since 1970. */
  readonly wallMs: () => number
}

/** Of a room; beyond it everybody may still have one. */
const MOST_TRACKS = 24
/** A text on a sheet is no longer. */
const MAX_TITLE_CHARS = 32
const DRUMS: TrackSound = { ...INITIAL_SOUND, instrument: 'drums' }

export function createTrackDesk({ jam, ownTrack, ...options }: TrackDeskOptions): TrackDesk {
  const { verbs } = jam
  let lastMs = 0
  const find = (id: TrackId): Track | undefined =>
    jam.song.read().tracks.find((track) => track.id === id)
  const isMine = ({ id, owner }: Track): boolean =>
    id === ownTrack().id || owner === ownTrack().meta.owner
  const mayEdit = (id: TrackId): boolean => {
    const track = find(id)
    return track?.isLocked !== true || isMine(track) || !options.isHere(track.owner)
  }
  const freeTracks = (): number => roomFor(jam.song.read(), isMine)
  const mayAddTrack = (): boolean => freeTracks() > 0
  // One after the other, also within a millisecond: tracks stand in the order they were made in.
  const nextMs = (): number => (lastMs = Math.max(options.wallMs(), lastMs + 1))
  const add = (
    part: Parameters<typeof verbs.addTrack>[2],
    after?: TrackId,
  ): TrackId | undefined => {
    if (!mayAddTrack()) return undefined
    const id = createTrackId()
    const meta = { ...ownTrack().meta, bornMs: nextMs() }
    return verbs.addTrack(id, meta, part, after) === undefined ? id : undefined
  }
  /** @param value  undefined for as usual */
  const setTrait = (
    id: TrackId,
    trait: 'title' | 'tint' | 'lock' | 'steps' | 'swing' | 'follow' | 'subdivision',
    value: string | number | undefined,
  ): void => {
    if (mayEdit(id)) verbs.setParam(id, trait, value ?? '')
  }

  return {
    mayEdit,
    mayAddTrack,
    freeTracks,
    nextMs,
    addTrack: (instrument, title) =>
      add({
        notes: [],
        subdivision: 4,
        sound: instrument === 'drums' ? DRUMS : INITIAL_SOUND,
        traits: { title: parseTitle(title) },
      }),
    addPart: (part, title) => add({ ...part, traits: { title: parseTitle(title) } }),
    duplicateTrack(id) {
      const track = find(id)
      return track && add(partOf(track), id)
    },
    removeTrack(id) {
      if (mayEdit(id)) verbs.removeTrack(id)
    },
    adoptTrack(id) {
      if (mayEdit(id)) verbs.adoptTrack(id, ownTrack().meta)
    },
    moveTrack(id, index) {
      verbs.moveTrack(id, index)
    },
    nameTrack(id, title) {
      setTrait(id, 'title', parseTitle(title))
    },
    tintTrack(id, tint) {
      setTrait(id, 'tint', tint)
    },
    lockTrack(id, isLocked) {
      setTrait(id, 'lock', isLocked ? LOCKED : undefined)
    },
    setTrackSteps(id, steps) {
      setTrait(id, 'steps', steps)
    },
    setTrackSwing(id, percent) {
      setTrait(id, 'swing', percent)
    },
    followChords(id, follow) {
      setTrait(id, 'follow', follow)
    },
    setSubdivision(id, subdivision) {
      setTrait(id, 'subdivision', subdivision)
    },
  }
}

/** Whoever has none yet may have one in a full room, too. */
const roomFor = ({ tracks }: Song, isMine: (track: Track) => boolean): number =>
  Math.max(MOST_TRACKS - tracks.length, tracks.some(isMine) ? 0 : 1)

function parseTitle(text: string): string {
  let title = ''
  for (const { segment } of new Intl.Segmenter('en').segment(parseName(text) ?? '')) {
    if (title.length + segment.length > MAX_TITLE_CHARS) break
    title += segment
  }
  return title
}
