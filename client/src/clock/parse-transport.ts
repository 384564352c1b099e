import { isFields } from '../lib/parse-json.ts'
import { MAX_BPM, MIN_BPM, type Bpm } from '../sequence/time.ts'
import { MAX_GLIDE_BEATS, type Glide, type Segment, type Transport } from './transport.ts'

const MAX_ID_LENGTH = 64
const MAX_COUNT = 1e9
/** Years of beats at the highest tempo; far below where numbers lose the fraction of a sample. */
const MAX_BEAT = 1e9
/** The year 5138. */
const MAX_SHARED_MS = 1e14
/** Far below a sample at any tempo: a shorter one is no glide. */
const SHORTEST_GLIDE_BEATS = 1e-6

/**
 * A transport out of what somebody else wrote: tempo clamped into 40 to 240, a
 * glide to 64 beats at most, everything else as it was.
 *
 * @returns undefined for another version, wrong types, numbers that are not finite or absurd, strings that are too long
 */
export function parseTransport(value: unknown): Transport | undefined {
  if (!isFields(value) || value['v'] !== 1) return undefined
  const { epoch, playing, by, n } = value
  if (!isId(epoch) || epoch === '' || !isId(by) || typeof playing !== 'boolean') return undefined
  const current = parseSegment(value['current'])
  if (current === undefined) return undefined
  const transport: Transport = { v: 1, epoch, playing, current, by, n: parseCount(n) }
  if (value['next'] === undefined) return transport
  const next = parseNext(value['next'])
  return next === undefined ? undefined : { ...transport, next }
}

function parseNext(value: unknown): Transport['next'] {
  const segment = parseSegment(value)
  if (segment === undefined || !isFields(value)) return undefined
  const { playing } = value
  return typeof playing === 'boolean' ? { ...segment, playing } : undefined
}

function parseSegment(value: unknown): Segment | undefined {
  if (!isFields(value)) return undefined
  const { beat, sharedMs, bpm } = value
  if (!isWithin(beat, MAX_BEAT) || !isWithin(sharedMs, MAX_SHARED_MS)) return undefined
  if (!isWithin(bpm, Number.MAX_VALUE)) return undefined
  const glide = parseGlide(value['glide'])
  return { beat, sharedMs, bpm: clampBpm(bpm), ...(glide === undefined ? {} : { glide }) }
}

/** Undefined also where it is none: the tempo then stays as it is, for everybody. */
function parseGlide(value: unknown): Glide | undefined {
  if (!isFields(value)) return undefined
  const { bpm, beats } = value
  if (!isWithin(bpm, Number.MAX_VALUE) || !isWithin(beats, Number.MAX_VALUE)) return undefined
  if (beats < SHORTEST_GLIDE_BEATS) return undefined
  return { bpm: clampBpm(bpm), beats: Math.min(MAX_GLIDE_BEATS, beats) }
}

const clampBpm = (bpm: Bpm): Bpm => Math.min(MAX_BPM, Math.max(MIN_BPM, bpm))

/** A diary's number: nonsense begins it anew, and it never grows beyond what is counted exactly. */
const parseCount = (value: unknown): number =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) % MAX_COUNT : 0

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_ID_LENGTH

const isWithin = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= limit
