import { MAX_RIFF_BYTES } from '../jam/riff-frame.ts'
import { parseColour } from '../jam/track-meta.ts'
import { gunzip, gzip } from '../net/gzip.ts'
import { toHex } from '../lib/hex.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import { parseName } from '../sequence/parse-name.ts'
import { noteKey, type Note, type Pattern } from '../sequence/pattern.ts'
import type { Riff, RiffAuthor } from '../sequence/riff.ts'
import { SONG_SCHEMA, type Song, type Track, type TrackId } from '../sequence/song.ts'
import { START_WORDS } from '../words/start.ts'
import { encodeSongFile, type FileTrack, parseSongFile } from './song-file.ts'

/** Unpacked: a full song of 24 tracks has some 400 kB. */
const MAX_TEXT_BYTES = 4 * 1024 * 1024
const FORMAT = 'beatcord-riff'
const RIFF_SCHEMA = 1
const ID_BYTES = 16
/** The year 5138. */
const LATEST_MS = 1e14

/** A riff packed, as peers, disks and files have it. */
export interface PackedRiff {
  readonly riff: Riff
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** @throws RangeError when it is larger than a riff may be */
export async function packRiff(riff: Omit<Riff, 'id'>): Promise<PackedRiff> {
  const { name, atMs, by, bpm, song } = riff
  const text = JSON.stringify({
    format: FORMAT,
    schema: RIFF_SCHEMA,
    name,
    atMs,
    by,
    song: encodeSongFile(song, bpm),
  })
  const bytes = await gzip(new TextEncoder().encode(text))
  const packed = await unpackRiff(bytes)
  if (packed === undefined) throw new RangeError('a riff must be small enough, was not')
  return { riff: packed, bytes }
}

/** Whatever bytes a stranger may send become a riff, or undefined. Never rejects. */
export async function unpackRiff(bytes: Uint8Array<ArrayBuffer>): Promise<Riff | undefined> {
  if (bytes.length > MAX_RIFF_BYTES) return undefined
  const text = await gunzip(bytes, MAX_TEXT_BYTES)
  const value = text && parseJson(new TextDecoder().decode(text))
  if (!isFields(value) || value['format'] !== FORMAT) return undefined
  const { schema, atMs, by, song } = value
  if (typeof schema !== 'number' || schema > RIFF_SCHEMA || typeof song !== 'string') {
    return undefined
  }
  const verdict = parseSongFile(song)
  if (!verdict.ok) return undefined
  const { bpm, tracks, ...room } = verdict.file
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return {
    id: toHex(new Uint8Array(digest).subarray(0, ID_BYTES)),
    name: parseName(value['name']) ?? START_WORDS.someone,
    atMs: typeof atMs === 'number' && atMs >= 0 && atMs <= LATEST_MS ? atMs : 0,
    by: parseAuthor(by),
    bpm,
    song: { ...room, schema: SONG_SCHEMA, tracks: tracksOf(tracks) },
  }
}

const parseAuthor = (value: unknown): RiffAuthor => ({
  name: (isFields(value) ? parseName(value['name']) : undefined) ?? START_WORDS.someone,
  colour: isFields(value) ? parseColour(value['colour']) : 0,
})

/** Each track once, under the id that it had. */
function tracksOf(tracks: readonly FileTrack[]): Song['tracks'] {
  const ids = tracks.map(({ id }) => id)
  return tracks.flatMap((track, index) => {
    const { id } = track
    return id === undefined || ids.indexOf(id) < index ? [] : [trackOf(track, id, ids)]
  })
}

function trackOf(track: FileTrack, id: TrackId, ids: readonly (TrackId | undefined)[]): Track {
  const { name, colour, home, subdivision, sound, links, notes, more, traits, plays } = track
  const linked = Object.entries(links).map(([link, place]) => [link, ids[place] ?? ''] as const)
  const others = Object.entries(more).map(([pattern, each]) => [pattern, patternOf(each)] as const)
  return {
    id,
    owner: '',
    home,
    name,
    colour,
    ...traits,
    subdivision,
    sound: { ...sound, ...Object.fromEntries(linked) },
    patterns: { ...Object.fromEntries(others), a: patternOf(notes) },
    ...(plays === undefined ? {} : { launch: plays }),
  }
}

const patternOf = (notes: readonly Note[]): Pattern =>
  new Map(notes.map((note) => [noteKey(note.step, note.pitch), note]))
