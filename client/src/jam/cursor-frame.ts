import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { parseCell } from '../sequence/parse-song.ts'
import type { Pitch } from '../sequence/pattern.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import type { WordFrame } from './last-words.ts'

/** A place in the roll of a track. */
export interface Place {
  readonly track: TrackId
  readonly step: number
  readonly pitch: Pitch
}

/** Without a place when the pointer is elsewhere. */
type CursorFrame = WordFrame<Place>

export function encodeCursor({ number, word: place }: CursorFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, number)
  if (place !== undefined) {
    encoding.writeVarUint(encoder, place.step)
    encoding.writeVarUint(encoder, place.pitch)
    encoding.writeVarString(encoder, place.track)
  }
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none. Never throws. */
export function decodeCursor(body: Uint8Array): CursorFrame | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const number = decoding.readVarUint(decoder)
    if (!decoding.hasContent(decoder)) return { number, word: undefined }
    const step = decoding.readVarUint(decoder)
    const pitch = decoding.readVarUint(decoder)
    const cell = parseCell(String(step), String(pitch))
    const track = decoding.readVarString(decoder)
    if (cell === undefined || !isTrackId(track) || decoding.hasContent(decoder)) return undefined
    return { number, word: { track, ...cell } }
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}
