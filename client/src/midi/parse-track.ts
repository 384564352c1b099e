import { createByteReader, type ByteReader } from './byte-reader.ts'
import { type MidiEvent, TEXT_TYPES, type TextType } from './smf.ts'
import { bytesToText } from './text-bytes.ts'

/** What is wrong with a file that is read all the same. */
export type Oddity =
  /** It ends in the midst of a track, or has fewer tracks than it says. */
  | 'cut-off'
  /** Something in a track makes no sense; the rest of that track is left out. */
  | 'damaged-track'
  /** A track does not say where it ends. */
  | 'no-end'
  | 'wrong-length'
  /** A part that is no track, as some programs write for themselves. */
  | 'unknown-part'
  | 'trailing-bytes'
  /** Messages to one make of instrument (system exclusive). */
  | 'exclusive'
  /** Bytes that belong on a cable, not into a file. */
  | 'stray-bytes'
  /** A tempo of no length, or infinite. */
  | 'bad-tempo'

export interface ParsedTrack {
  readonly events: readonly MidiEvent[]
  readonly endTick: number
  readonly oddities: ReadonlySet<Oddity>
  /** Where to go on reading. */
  readonly end: number
}

/** Longer texts are cut. */
const MAX_TEXT_BYTES = 256

type Data = { readonly event?: EventData | undefined; readonly odd?: Oddity | undefined }
type EventData = MidiEvent extends infer Event
  ? Event extends MidiEvent
    ? Omit<Event, 'tick'>
    : never
  : never
const NOTHING: Data = {}
const END = 'end'
const DAMAGED = 'damaged'

/**
 * Reads the events of a track.
 *
 * @param from  where the first one stands
 * @param declaredEnd  where the track ends by the length of its chunk
 * @param isChunkAt  whether a part of the file begins at a place, or the file ends there
 * @param most  events that are read
 * @returns undefined when there are more
 */
export function parseTrack(
  view: DataView,
  from: number,
  declaredEnd: number,
  isChunkAt: (at: number) => boolean,
  most: number,
): ParsedTrack | undefined {
  const reader = createByteReader(view, from)
  const oddities = new Set<Oddity>()
  const events: MidiEvent[] = []
  const running = { status: 0 }
  let tick = 0
  const finish = (end: number, odd?: Oddity): ParsedTrack => {
    if (odd !== undefined) oddities.add(odd)
    return { events, endTick: tick, oddities, end }
  }
  /** Where the length says, for want of better. */
  const fallback = Math.min(declaredEnd, view.byteLength)
  const isWholeAtEnd = isChunkAt(declaredEnd)
  for (;;) {
    const start = reader.at()
    if (start >= declaredEnd && isWholeAtEnd) return finish(declaredEnd, 'no-end')
    const delta = reader.variable()
    const data = delta === undefined ? DAMAGED : readEvent(reader, running)
    if (reader.isPast()) return finish(view.byteLength, 'cut-off')
    if (data === DAMAGED) return finish(fallback, 'damaged-track')
    if (isWholeAtEnd && reader.at() > declaredEnd) return finish(declaredEnd, 'damaged-track')
    tick += delta ?? 0
    if (data === END) return finish(...endAt(reader.at(), declaredEnd, fallback, isChunkAt))
    if (data.odd !== undefined) oddities.add(data.odd)
    if (data.event === undefined) continue
    if (events.length === most) return undefined
    events.push({ tick, ...data.event })
  }
}

/** The end-of-track event counts, unless nothing begins there. */
function endAt(
  end: number,
  declaredEnd: number,
  fallback: number,
  isChunkAt: (at: number) => boolean,
): [end: number, odd?: Oddity] {
  if (end === declaredEnd) return [end]
  return [isChunkAt(end) ? end : Math.max(end, fallback), 'wrong-length']
}

/** What stands behind a delta time; a byte that is no status continues the message before it (running status). */
function readEvent(
  reader: ByteReader,
  running: { status: number },
): Data | typeof END | typeof DAMAGED {
  const first = reader.peek()
  if (first >= 0x80) reader.byte()
  if (first === 0xff) return readMeta(reader)
  if (first === 0xf0 || first === 0xf7) {
    const length = reader.variable()
    if (length === undefined) return DAMAGED
    reader.skip(length)
    return { odd: 'exclusive' }
  }
  if (first > 0xf0) {
    reader.skip(CABLE_BYTES[first] ?? 0)
    return { odd: 'stray-bytes' }
  }
  if (first >= 0x80) running.status = first
  return running.status === 0 ? DAMAGED : readMessage(reader, running.status)
}

/** Data bytes of messages that only cables know. */
const CABLE_BYTES: Readonly<Record<number, number>> = { 0xf1: 1, 0xf2: 2, 0xf3: 1 }

function readMessage(reader: ByteReader, status: number): Data | typeof DAMAGED {
  const channel = status & 15
  const type = status >> 4
  const one = reader.byte()
  const two = type === 0xc || type === 0xd ? 0 : reader.byte()
  if (one > 127 || two > 127) return DAMAGED
  if (type === 9 && two > 0) {
    return { event: { kind: 'note-on', channel, pitch: one, velocity: two } }
  }
  if (type === 8 || type === 9) return { event: { kind: 'note-off', channel, pitch: one } }
  return type === 0xc ? { event: { kind: 'program', channel, program: one } } : NOTHING
}

function readMeta(reader: ByteReader): Data | typeof END | typeof DAMAGED {
  const type = reader.byte()
  const length = reader.variable()
  if (length === undefined) return DAMAGED
  const data = reader.bytes(length)
  if (type === 0x2f) return END
  if (type === 0x51) return readTempo(data)
  if (type === 0x58) return readMeter(data)
  const kind = TEXT_NAMES.get(type)
  return kind === undefined
    ? NOTHING
    : { event: { kind, text: bytesToText(data.subarray(0, MAX_TEXT_BYTES)) } }
}

const TEXT_NAMES: ReadonlyMap<number, TextType> = new Map(
  (Object.keys(TEXT_TYPES) as TextType[]).map((name) => [TEXT_TYPES[name], name]),
)

function readTempo(data: Uint8Array): Data {
  const [high = 0, middle = 0, low = 0] = data
  const microsPerBeat = (high << 16) | (middle << 8) | low
  if (data.length !== 3 || microsPerBeat === 0) return { odd: 'bad-tempo' }
  return { event: { kind: 'tempo', microsPerBeat } }
}

function readMeter(data: Uint8Array): Data {
  const [beats = 0, power = 0] = data
  return beats === 0 || power > 6 ? NOTHING : { event: { kind: 'meter', beats, unit: 2 ** power } }
}
