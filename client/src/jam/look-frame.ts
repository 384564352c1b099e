import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { parseCell } from '../sequence/parse-song.ts'
import { PATTERN_NAMES, type PatternName, type Pitch } from '../sequence/pattern.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import type { WordFrame } from './last-words.ts'

/** A place in the roll that somebody has open. */
export interface NotePlace {
  readonly step: number
  readonly pitch: Pitch
}

/** What somebody has open. */
export interface Look {
  readonly track: TrackId
  readonly pattern: PatternName
  /** Notes that they have selected there, at most `MAX_SELECTED`. */
  readonly selected: readonly NotePlace[]
}

/** Of a larger selection the first are told. */
export const MAX_SELECTED = 64

export function encodeLook({ number, word }: WordFrame<Look>): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, number)
  if (word !== undefined) {
    const selected = word.selected.slice(0, MAX_SELECTED)
    encoding.writeVarString(encoder, word.track)
    encoding.writeVarUint(encoder, PATTERN_NAMES.indexOf(word.pattern))
    encoding.writeVarUint(encoder, selected.length)
    for (const { step, pitch } of selected) {
      encoding.writeVarUint(encoder, step)
      encoding.writeVarUint(encoder, pitch)
    }
  }
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none. Never throws. */
export function decodeLook(body: Uint8Array): WordFrame<Look> | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const number = decoding.readVarUint(decoder)
    if (!decoding.hasContent(decoder)) return { number, word: undefined }
    const track = decoding.readVarString(decoder)
    const pattern = PATTERN_NAMES[decoding.readVarUint(decoder)]
    const selected = readPlaces(decoder)
    const isWhole = isTrackId(track) && pattern !== undefined && selected !== undefined
    if (!isWhole || decoding.hasContent(decoder)) return undefined
    return { number, word: { track, pattern, selected } }
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}

function readPlaces(decoder: decoding.Decoder): readonly NotePlace[] | undefined {
  const count = decoding.readVarUint(decoder)
  if (count > MAX_SELECTED) return undefined
  const places: NotePlace[] = []
  for (let left = count; left > 0; left--) {
    const step = decoding.readVarUint(decoder)
    const place = parseCell(String(step), String(decoding.readVarUint(decoder)))
    if (place === undefined) return undefined
    places.push(place)
  }
  return places
}
