import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { decodeBase64url, encodeBase64url } from '../net/base64url.ts'
import { unpackNote } from '../sequence/note-code.ts'
import { isNoteEntry, OFF } from './doc-shape.ts'
import { cellOfEntry, cellOfPlace } from './sheet-cells.ts'

/** One change: by which Yjs client, and the how many-eth of all it made. */
export interface Dot {
  readonly client: number
  readonly clock: number
}

export type EntryValue = number | string

/** What stands in one place of a track, and the change that put it there. */
export interface Entry {
  readonly value: EntryValue
  readonly dot: Dot
  /** The change that brought it over for somebody else. */
  readonly by?: Dot
}

/** All of a track at some moment. */
export interface SheetState {
  readonly entries: ReadonlyMap<string, Entry>
  /** By client the first clock that has not been taken into account: what is below it and is not here, was overwritten. */
  readonly known: ReadonlyMap<number, number>
}

export const EMPTY_STATE: SheetState = { entries: new Map(), known: new Map() }

const MAX_KEY_CHARS = 32
const MAX_WORD_CHARS = 32
const MAX_PARAMS = 192
/** Pages that ever changed the track; of those of whom nothing stands any more the latest. */
const MAX_CLIENTS = 512
const PARAM_KEY = /^p\/[A-Za-z]{1,30}$/

export const isEntryValue = (value: unknown): value is EntryValue =>
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'string' && value.length <= MAX_WORD_CHARS)

export const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

export const isKnown = (known: ReadonlyMap<number, number>, { client, clock }: Dot): boolean =>
  clock < (known.get(client) ?? 0)

export const isSameDot = (a: Dot, b: Dot): boolean => a.client === b.client && a.clock === b.clock

export function raise(known: Map<number, number>, client: number, clock: number): void {
  if (clock > (known.get(client) ?? 0)) known.set(client, clock)
}

interface Row {
  readonly place: number
  readonly key: string
  readonly entry: Entry
}

/**
 * A state as text, some ten characters a note: what a sheet begins with. Leaves out notes that are off and keys that
 * no song has.
 */
export function encodeBase({ entries, known }: SheetState): string {
  const clients = clientsOf(entries, known)
  const numberOf = new Map(clients.map((client, index) => [client, index]))
  const encoder = encoding.createEncoder()
  const writeDot = ({ client, clock }: Dot): void => {
    encoding.writeVarUint(encoder, numberOf.get(client) ?? 0)
    // Told back from the latest: most changes that stand are young.
    encoding.writeVarUint(encoder, Math.max(0, (known.get(client) ?? 0) - 1 - clock))
  }
  encoding.writeVarUint(encoder, clients.length)
  for (const client of clients) {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, known.get(client) ?? 0)
  }
  const rows = [...entries].map(([key, entry]): Row => ({ place: placeOf(key), key, entry }))
  const dotted = rows.filter(({ entry }) => numberOf.has(entry.dot.client))
  const notes = dotted
    .filter(({ place, entry }) => place >= 0 && unpackNote(entry.value) !== undefined)
    .sort((a, b) => a.place - b.place)
  encoding.writeVarUint(encoder, notes.length)
  let last = 0
  for (const { place, entry } of notes) {
    encoding.writeVarUint(encoder, place - last)
    encoding.writeVarUint(encoder, Number(entry.value))
    writeDot(entry.dot)
    last = place
  }
  const params = dotted
    .filter(({ key, entry }) => PARAM_KEY.test(key) && isEntryValue(entry.value))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, MAX_PARAMS)
  encoding.writeVarUint(encoder, params.length)
  for (const { key, entry } of params) {
    encoding.writeVarString(encoder, key)
    encoding.writeAny(encoder, entry.value)
    writeDot(entry.dot)
  }
  return encodeBase64url(encoding.toUint8Array(encoder))
}

function clientsOf(entries: SheetState['entries'], known: SheetState['known']): readonly number[] {
  const standing = new Set([...entries.values()].map(({ dot }) => dot.client))
  const others = [...known.keys()].filter((client) => !standing.has(client))
  return [...others.slice(-MAX_CLIENTS), ...[...standing].filter((client) => known.has(client))]
}

/** Nothing at all when it is no such text: a stranger may have written it. Never throws. */
export function decodeBase(text: unknown): SheetState {
  if (typeof text !== 'string') return EMPTY_STATE
  const bytes = decodeBase64url(text)
  if (bytes === undefined) return EMPTY_STATE
  try {
    return readState(decoding.createDecoder(bytes))
  } catch {
    // lib0 throws on every kind of truncated or overlong input.
    return EMPTY_STATE
  }
}

function readState(decoder: decoding.Decoder): SheetState {
  const known = new Map<number, number>()
  const clients: number[] = []
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const client = decoding.readVarUint(decoder)
    known.set(client, decoding.readVarUint(decoder))
    clients.push(client)
  }
  const entries = new Map<string, Entry>()
  const readDot = (): Dot => {
    const client = clients[decoding.readVarUint(decoder)] ?? 0
    const back = decoding.readVarUint(decoder)
    return { client, clock: Math.max(0, (known.get(client) ?? 0) - 1 - back) }
  }
  let place = 0
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    place += decoding.readVarUint(decoder)
    const value = decoding.readVarUint(decoder)
    const dot = readDot()
    const cell = cellOfPlace(place)
    if (cell !== undefined) entries.set(cell.entry, { value, dot })
  }
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    const key = decoding.readVarString(decoder)
    const value: unknown = decoding.readAny(decoder)
    const dot = readDot()
    if (isParamKey(key) && isEntryValue(value)) entries.set(key, { value, dot })
  }
  return { entries, known }
}

const isParamKey = (key: string): boolean => key.length <= MAX_KEY_CHARS && PARAM_KEY.test(key)

/** Pattern, step and pitch as one number; -1 for a key that names no note. */
const placeOf = (key: string): number => cellOfEntry(key)?.place ?? -1

/** Whether an entry says that there is no note: what a key that is not there says too. */
export const isOff = (key: string, value: EntryValue | undefined): boolean =>
  value === undefined || (value === OFF && isNoteEntry(key))
