import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { unpackNote } from '../sequence/note-code.ts'
import { clampParam, parseCell } from '../sequence/parse-song.ts'
import { isTrackId, type TrackId } from '../sequence/song.ts'
import { NUMERIC_PARAMS } from '../sequence/track-sound.ts'
import { paramEntry, splitNoteEntry } from './doc-shape.ts'

/** A value that somebody is changing just now: of a knob, or of a note's velocity and length. */
export interface Gesture {
  readonly track: TrackId
  /** As on the track's sheet. */
  readonly entry: string
  readonly value: number
}

export interface GestureFrame {
  /** Later frames of one page have higher numbers. */
  readonly number: number
  readonly gestures: readonly Gesture[]
}

/** As many of the longest fit into one frame of the live lane. */
export const MAX_GESTURES = 16

export function encodeGestures({ number, gestures }: GestureFrame): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, number)
  encoding.writeVarUint(encoder, gestures.length)
  for (const { track, entry, value } of gestures) {
    encoding.writeVarString(encoder, track)
    encoding.writeVarString(encoder, entry)
    encoding.writeFloat64(encoder, value)
  }
  return encoding.toUint8Array(encoder)
}

/** Undefined when it is none; values are clamped. Never throws. */
export function decodeGestures(body: Uint8Array): GestureFrame | undefined {
  try {
    const decoder = decoding.createDecoder(body)
    const number = decoding.readVarUint(decoder)
    const count = decoding.readVarUint(decoder)
    if (count === 0 || count > MAX_GESTURES) return undefined
    const gestures: Gesture[] = []
    for (let left = count; left > 0; left--) {
      const gesture = readGesture(decoder)
      if (gesture === undefined) return undefined
      gestures.push(gesture)
    }
    return decoding.hasContent(decoder) ? undefined : { number, gestures }
  } catch {
    // lib0 throws on every kind of truncated or overlong input: it is no frame of ours.
    return undefined
  }
}

function readGesture(decoder: decoding.Decoder): Gesture | undefined {
  const track = decoding.readVarString(decoder)
  const entry = decoding.readVarString(decoder)
  const value = clampEntry(entry, decoding.readFloat64(decoder))
  return isTrackId(track) && value !== undefined ? { track, entry, value } : undefined
}

function clampEntry(entry: string, value: number): number | undefined {
  const parts = splitNoteEntry(entry)
  if (parts !== undefined) {
    const isNote = parseCell(parts.step, parts.pitch) !== undefined
    return isNote && unpackNote(value) !== undefined ? value : undefined
  }
  const param = NUMERIC_PARAMS.find((each) => paramEntry(each) === entry)
  return param && clampParam(param, value)
}
