import { isFields, parseJson, type Fields } from '../lib/parse-json.ts'
import { parseColour } from '../jam/track-meta.ts'
import { partOf, type Part, type TrackTraits } from '../jam/song-part.ts'
import { MAX_TRACKS } from '../jam/song-reader.ts'
import { parseTraits } from '../jam/track-draft.ts'
import { parseLane } from '../sequence/parse-chords.ts'
import { parseName } from '../sequence/parse-name.ts'
import { packNote, unpackNote } from '../sequence/note-code.ts'
import {
  parseCell,
  parsePlaying,
  parseRoot,
  parseScale,
  parseSound,
  parseStepCount,
  parseSubdivision,
  parseSwing,
} from '../sequence/parse-song.ts'
import { PATTERN_NAMES, type Note, type Pattern } from '../sequence/pattern.ts'
import {
  EMPTY_SONG,
  isTrackId,
  type Playing,
  type Song,
  type Track,
  type TrackId,
} from '../sequence/song.ts'
import {
  CHOICE_PARAMS,
  INITIAL_SOUND,
  NUMERIC_PARAMS,
  PARAM_LINKS,
  type LinkParam,
  type TrackSound,
} from '../sequence/track-sound.ts'
import { INITIAL_BPM, MAX_BPM, MIN_BPM, type Bpm } from '../sequence/time.ts'
import { FILE_WORDS } from '../words/files.ts'
import { START_WORDS } from '../words/start.ts'

/** What a song file holds; who owned a track stays behind in its room. */
export interface SongFile extends Pick<
  Song,
  'root' | 'scale' | 'stepCount' | 'swing' | 'chords' | 'sceneNames'
> {
  readonly bpm: Bpm
  readonly tracks: readonly FileTrack[]
}

export interface FileTrack extends Pick<
  Track,
  'name' | 'colour' | 'home' | 'subdivision' | 'sound'
> {
  /** Of the first pattern, and of the others that have any. */
  readonly notes: readonly Note[]
  readonly more: NonNullable<Part['more']>
  readonly traits: TrackTraits
  /** What it was in its room. */
  readonly id?: TrackId
  readonly plays?: Playing
  /** Which of the file's tracks, by their places, the sound's links lead to. */
  readonly links: Readonly<Partial<Record<LinkParam, number>>>
}

export type SongFileVerdict =
  | {
      readonly ok: true
      readonly file: SongFile
      /** Riffs of its room, packed, in base64url; not looked into. */
      readonly riffs: readonly string[]
    }
  /** A sentence for people. */
  | { readonly ok: false; readonly reason: string }

export const SONG_FILE_TYPE = 'application/vnd.beatcord.song+json'
/** Of a full song, and all riffs that a room keeps. */
export const MAX_SONG_FILE_BYTES = 10 * 1024 * 1024
const MOST_FILE_RIFFS = 32
const FORMAT = 'beatcord-song'
/** Of the file; the document's own changes apart from it. */
const FILE_SCHEMA = 3

const UNLINKED = Object.fromEntries(PARAM_LINKS.map((link) => [link, ''])) as Readonly<
  Record<LinkParam, ''>
>

/**
 * JSON text; notes stand by `step/pitch` as in the document, of a sound only what is not as usual.
 *
 * @param riffs  of its room, packed, in base64url
 */
export function encodeSongFile(song: Song, bpm: Bpm, riffs: readonly string[] = []): string {
  const { root, scale, stepCount, swing, chords, sceneNames } = song
  const tracks = song.tracks.map((track) => {
    const { id, name, colour, home, subdivision, sound, patterns, launch } = track
    const { a, ...more } = patterns
    return {
      id,
      name,
      colour,
      home,
      subdivision,
      sound: soundFields(sound),
      links: linksOf(sound, song.tracks),
      notes: noteFields(a),
      more: Object.fromEntries(
        Object.entries(more).map(([pattern, notes]) => [pattern, noteFields(notes)]),
      ),
      traits: partOf(track).traits,
      ...(launch && { plays: { pattern: launch.pattern, off: launch.isOff } }),
    }
  })
  return JSON.stringify({
    format: FORMAT,
    schema: FILE_SCHEMA,
    bpm,
    root,
    scale,
    stepCount,
    swing,
    chords,
    sceneNames,
    tracks,
    ...(riffs.length === 0 ? {} : { riffs }),
  })
}

const noteFields = (pattern: Pattern): Readonly<Record<string, number>> =>
  Object.fromEntries([...pattern].map(([key, note]) => [key, packNote(note)]))

const soundFields = (sound: TrackSound): Partial<TrackSound> =>
  Object.fromEntries(
    [...NUMERIC_PARAMS, ...CHOICE_PARAMS]
      .filter((param) => sound[param] !== INITIAL_SOUND[param])
      .map((param) => [param, sound[param]]),
  )

const linksOf = (sound: TrackSound, tracks: readonly Track[]): FileTrack['links'] =>
  Object.fromEntries(
    PARAM_LINKS.flatMap((link) => {
      const place = tracks.findIndex(({ id }) => id === sound[link])
      return place < 0 ? [] : [[link, place]]
    }),
  )

/** Whatever a file may hold becomes a song or a reason. Never throws. */
export function parseSongFile(text: string): SongFileVerdict {
  const value = parseJson(text)
  if (!isFields(value) || value['format'] !== FORMAT) {
    return { ok: false, reason: FILE_WORDS.noSong }
  }
  const { schema, bpm, tracks, riffs } = value
  if (typeof schema !== 'number' || schema > FILE_SCHEMA) {
    return {
      ok: false,
      reason: FILE_WORDS.newerSong,
    }
  }
  if (!Array.isArray(tracks)) return { ok: false, reason: FILE_WORDS.damagedSong }
  return {
    ok: true,
    riffs: parseRiffs(riffs),
    file: {
      bpm: typeof bpm === 'number' && bpm >= MIN_BPM && bpm <= MAX_BPM ? bpm : INITIAL_BPM,
      root: parseRoot(value['root']) ?? EMPTY_SONG.root,
      scale: parseScale(value['scale']) ?? EMPTY_SONG.scale,
      stepCount: parseStepCount(value['stepCount']) ?? EMPTY_SONG.stepCount,
      ...parseFeel(value),
      tracks: tracks.filter(isFields).slice(0, MAX_TRACKS).map(parseTrack),
    },
  }
}

const parseRiffs = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter((each) => typeof each === 'string').slice(0, MOST_FILE_RIFFS)
    : []

function parseFeel({
  swing,
  chords,
  sceneNames,
}: Fields): Pick<SongFile, 'swing' | 'chords' | 'sceneNames'> {
  const percent = parseSwing(swing)
  const names = PATTERN_NAMES.flatMap((pattern) => {
    const name = isFields(sceneNames) ? parseName(sceneNames[pattern]) : undefined
    return name === undefined ? [] : [[pattern, name] as const]
  })
  return {
    ...(percent === undefined ? {} : { swing: percent }),
    ...(Array.isArray(chords) ? parseLane((place) => chords[place]) : {}),
    ...(names.length === 0 ? {} : { sceneNames: Object.fromEntries(names) }),
  }
}

function parseTrack(track: Fields): FileTrack {
  const { id, home, sound, notes, more, traits } = track
  const plays = parsePlaying(track['plays'])
  return {
    name: parseName(track['name']) ?? START_WORDS.someone,
    colour: parseColour(track['colour']),
    home: typeof home === 'string' ? home.slice(0, 64) : '',
    subdivision: parseSubdivision(track['subdivision']) ?? 4,
    sound: { ...parseSound((param) => (isFields(sound) ? sound[param] : undefined)), ...UNLINKED },
    links: parseLinks(track['links']),
    notes: parseNotes(notes),
    more: isFields(more) ? parsePatterns(more) : {},
    traits: isFields(traits) ? parseTraits((trait) => traits[trait]) : {},
    ...(isTrackId(id) ? { id } : {}),
    ...(plays === undefined ? {} : { plays }),
  }
}

const parseNotes = (notes: unknown): readonly Note[] =>
  isFields(notes) ? Object.entries(notes).flatMap(parseNote) : []

function parsePatterns(more: Fields): FileTrack['more'] {
  const patterns = PATTERN_NAMES.map((name) => [name, parseNotes(more[name])] as const)
  return Object.fromEntries(patterns.filter(([name, notes]) => name !== 'a' && notes.length > 0))
}

function parseLinks(value: unknown): FileTrack['links'] {
  if (!isFields(value)) return {}
  return Object.fromEntries(
    PARAM_LINKS.flatMap((link) => {
      const place = value[link]
      return typeof place === 'number' && Number.isInteger(place) ? [[link, place]] : []
    }),
  )
}

function parseNote([key, value]: readonly [string, unknown]): readonly Note[] {
  const [step, pitch] = key.split('/')
  const cell = parseCell(step, pitch)
  const touch = unpackNote(value)
  return cell === undefined || touch === undefined ? [] : [{ ...cell, ...touch }]
}
