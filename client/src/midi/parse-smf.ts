import { type Oddity, parseTrack } from './parse-track.ts'
import type { MidiFile, MidiTrack } from './smf.ts'

/** Why a file is not read. */
export type SmfRefusal =
  | 'too-large'
  | 'not-midi'
  | 'damaged-head'
  /** Several pieces in one file, which are not meant to sound together. */
  | 'format-2'
  | 'unknown-format'
  /** It counts in frames of film, not in beats. */
  | 'film-time'
  | 'no-division'
  | 'no-tracks'
  | 'too-many-events'

export type SmfVerdict =
  | {
      readonly ok: true
      readonly file: MidiFile
      /** What is wrong with it, each once. */
      readonly oddities: readonly Oddity[]
    }
  | { readonly ok: false; readonly reason: SmfRefusal }

/** A song of an hour is smaller; what is larger takes a phone too long. */
export const MAX_SMF_BYTES = 2 * 1024 * 1024
/** Of all tracks. */
const MOST_EVENTS = 200_000
const HEAD_BYTES = 6
const CHUNK_HEAD_BYTES = 8
/** Where the file is when it comes in a wrapper (RIFF RMID). */
const WRAPPED_BYTES = 20

/**
 * Reads whatever bytes a file may hold. Never throws; takes time in proportion to its length.
 *
 * What is damaged is read up to the damage, and told. The end-of-track event says where a track ends, and its chunk's
 * length only where there is none: lengths are what broken writers get wrong.
 */
export function parseSmf(bytes: Uint8Array): SmfVerdict {
  if (bytes.length > MAX_SMF_BYTES) return refuse('too-large')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const start = nameAt(view, 0) === 'RIFF' && nameAt(view, 8) === 'RMID' ? WRAPPED_BYTES : 0
  const head = parseHead(view, start)
  if (typeof head === 'string') return refuse(head)
  const oddities = new Set<Oddity>()
  const tracks = parseTracks(view, head.end, oddities)
  if (tracks === undefined) return refuse('too-many-events')
  if (tracks.length === 0) return refuse('no-tracks')
  if (tracks.length < head.tracks) oddities.add('cut-off')
  const { format, ticksPerBeat } = head
  return { ok: true, file: { format, ticksPerBeat, tracks }, oddities: [...oddities] }
}

/** @returns undefined when there is too much in them */
function parseTracks(
  view: DataView,
  from: number,
  oddities: Set<Oddity>,
): readonly MidiTrack[] | undefined {
  const tracks: MidiTrack[] = []
  let left = MOST_EVENTS
  for (let at = from; at < view.byteLength;) {
    const name = nameAt(view, at)
    if (name === undefined || !isChunkAt(view, at)) {
      oddities.add('trailing-bytes')
      break
    }
    const begin = at + CHUNK_HEAD_BYTES
    const end = begin + view.getUint32(at + 4)
    if (name !== 'MTrk') {
      oddities.add(end > view.byteLength ? 'cut-off' : 'unknown-part')
      at = end
      continue
    }
    const track = parseTrack(view, begin, end, (place) => isChunkAt(view, place), left)
    // An empty one costs something, too.
    left -= 1 + (track?.events.length ?? 0)
    if (track === undefined || left < 0) return undefined
    for (const oddity of track.oddities) oddities.add(oddity)
    tracks.push({ events: track.events, endTick: track.endTick })
    at = track.end
  }
  return tracks
}

const refuse = (reason: SmfRefusal): SmfVerdict => ({ ok: false, reason })

interface Head extends Pick<MidiFile, 'format' | 'ticksPerBeat'> {
  readonly tracks: number
  readonly end: number
}

function parseHead(view: DataView, start: number): Head | SmfRefusal {
  if (nameAt(view, start) !== 'MThd') return 'not-midi'
  const data = start + CHUNK_HEAD_BYTES
  if (data + HEAD_BYTES > view.byteLength) return 'damaged-head'
  const length = view.getUint32(start + 4)
  if (length < HEAD_BYTES) return 'damaged-head'
  const format = view.getUint16(data)
  const division = view.getUint16(data + 4)
  if (format === 2) return 'format-2'
  if (format !== 0 && format !== 1) return 'unknown-format'
  if (division >= 0x8000) return 'film-time'
  if (division === 0) return 'no-division'
  return { format, ticksPerBeat: division, tracks: view.getUint16(data + 2), end: data + length }
}

/** Four letters, digits or spaces; undefined where there are none. */
function nameAt(view: DataView, at: number): string | undefined {
  if (at + 4 > view.byteLength) return undefined
  const codes = [0, 1, 2, 3].map((offset) => view.getUint8(at + offset))
  return codes.every((code) => code >= 0x20 && code < 0x7f)
    ? String.fromCharCode(...codes)
    : undefined
}

/** Whether a part of the file begins there, or the file ends. */
function isChunkAt(view: DataView, at: number): boolean {
  if (at === view.byteLength) return true
  return nameAt(view, at) !== undefined && at + CHUNK_HEAD_BYTES <= view.byteLength
}
