import * as decoding from 'lib0/decoding'

/** Clocks of one client, one after the other. */
export interface Span {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** What Yjs writes as one thing: an item, a run that is forgotten (`gc`), or one that is not told (`skip`). */
export interface Struct extends Span {
  readonly kind: 'item' | 'gc' | 'skip'
  /** What must be there before it: left neighbour, right neighbour, parent, as far as it names them. */
  readonly references: readonly { readonly client: number; readonly clock: number }[]
  /** Offset in the update of the first byte after it. */
  readonly endsAt: number
}

export interface UpdateVisitor {
  /** Structs of one client follow. @param at  offset in the update at which the first one begins */
  readonly section?: (client: number, clock: number, at: number) => void
  readonly struct: (struct: Struct) => void
  /** What the update takes away. */
  readonly taken: (span: Span) => void
}

/** So many structs, values and ranges are looked at whatever their size. */
const FREE_PIECES = 4096
/**
 * And beyond them one for each so many bytes. An honest song has 11 bytes a piece or more: its entries take a dozen
 * bytes each, and Yjs makes one of neighbours that are forgotten. A run of the tiniest structs has 2.
 */
const BYTES_PER_PIECE = 5
/** Every struct takes so many bytes at least. */
const MIN_STRUCT_BYTES = 2
/** A range that is taken away costs less than a struct. */
const RANGE_WEIGHT = 0.5
const MAX_DEPTH = 4
const MAX_KEY_CHARS = 256
const PROTO = '__proto__'

/** The lowest five bits of a struct's first byte, as Yjs 13 writes them. */
const [GC, DELETED, STRING, TYPE, ANY, SKIP] = [0, 1, 4, 7, 8, 10]
const KIND_BITS = 31
const HAS_KEY = 32
const HAS_RIGHT = 64
const HAS_LEFT = 128
/** Of Yjs's types a song has lists and maps, which are written without anything more. */
const LAST_PLAIN_TYPE = 1

/**
 * Goes through a stranger's update (Yjs's format 1) without making anything of it, so that what is refused costs next
 * to nothing.
 *
 * @param maxPieces  most structs and values, ranges counting half
 * @throws Error when it is none, holds what no song has, or more pieces than that or than its bytes account for
 */
export function walkUpdate(update: Uint8Array, maxPieces: number, visitor: UpdateVisitor): void {
  const decoder = decoding.createDecoder(update)
  const number = (): number => decoding.readVarUint(decoder)
  let pieces = 0

  function count(weight = 1): void {
    pieces += weight
    const most = Math.min(maxPieces, FREE_PIECES + decoder.pos / BYTES_PER_PIECE)
    if (pieces > most) refuse('no more pieces than its bytes account for')
  }

  function key(): void {
    if (decoding.readVarString(decoder).length > MAX_KEY_CHARS) refuse('a short key')
  }

  function value(depth: number): void {
    const kind = decoding.readUint8(decoder)
    if (PLAIN_VALUES.get(kind)?.(decoder) !== undefined) return
    if (depth >= MAX_DEPTH) refuse('a value of few levels')
    if (kind !== OBJECT && kind !== LIST) refuse('a plain value')
    for (let left = number(); left > 0; left--) {
      // A key of a foreign make would change what the object descends from.
      if (kind === OBJECT && decoding.readVarString(decoder) === PROTO) refuse('a plain key')
      count()
      value(depth + 1)
    }
  }

  /** @returns how many clocks it takes */
  function content(kind: number): number {
    if (kind === DELETED) return number()
    if (kind === STRING) return decoding.readVarString(decoder).length
    if (kind === TYPE) return number() <= LAST_PLAIN_TYPE ? 1 : refuse('a map or a list')
    if (kind !== ANY) refuse('content that a song has')
    const length = number()
    for (let left = length; left > 0; left--) {
      // The first one goes with its struct.
      if (left < length) count()
      value(0)
    }
    return length
  }

  function item(info: number, client: number, clock: number): Struct {
    const references: { client: number; clock: number }[] = []
    const reference = (): number => references.push({ client: number(), clock: number() })
    if ((info & HAS_LEFT) !== 0) reference()
    if ((info & HAS_RIGHT) !== 0) reference()
    if ((info & (HAS_LEFT | HAS_RIGHT)) === 0) {
      if (number() === 1) decoding.readVarString(decoder)
      else reference()
      if ((info & HAS_KEY) !== 0) key()
    }
    // Yjs takes for granted that a client refers to what it wrote before, and throws where it does not.
    if (references.some((id) => id.client === client && id.clock >= clock))
      refuse('what was before')
    const length = content(info & KIND_BITS)
    return { kind: 'item', client, clock, length, references, endsAt: decoder.pos }
  }

  function struct(client: number, clock: number): Struct {
    count()
    const info = decoding.readUint8(decoder)
    if (info === SKIP || (info & KIND_BITS) === GC) {
      const kind = info === SKIP ? 'skip' : 'gc'
      return { kind, client, clock, length: number(), references: [], endsAt: decoder.pos }
    }
    return item(info, client, clock)
  }

  function section(): number {
    count()
    const structs = number()
    const client = number()
    let clock = number()
    // Said before anything is read of them.
    if (structs * MIN_STRUCT_BYTES > update.length - decoder.pos || structs > maxPieces) {
      refuse('no more structs than there can be')
    }
    visitor.section?.(client, clock, decoder.pos)
    for (let left = structs; left > 0; left--) {
      const next = struct(client, clock)
      mustBeSpan(next)
      visitor.struct(next)
      clock += next.length
    }
    return client
  }

  const clients = new Set<number>()
  for (let left = number(); left > 0; left--) {
    const client = section()
    // Of two sections of one client Yjs reads both and applies the second.
    if (clients.has(client)) refuse('one section a client')
    clients.add(client)
  }
  for (let left = number(); left > 0; left--) {
    count()
    const client = number()
    for (let ranges = number(); ranges > 0; ranges--) {
      count(RANGE_WEIGHT)
      const span = { client, clock: number(), length: number() }
      mustBeSpan(span)
      visitor.taken(span)
    }
  }
}

const OBJECT = 118
const LIST = 117

/** What lib0 writes before each kind of value that holds no others, and how such a value is read. */
const PLAIN_VALUES = new Map<number, (decoder: decoding.Decoder) => unknown>([
  [127, () => true],
  [126, () => true],
  [125, decoding.readVarInt],
  [124, decoding.readFloat32],
  [123, decoding.readFloat64],
  [121, () => true],
  [120, () => true],
  [119, decoding.readVarString],
])

/** No honest Yjs writes something of no length, and ours throws where it finds it. */
function mustBeSpan({ clock, length }: Span): void {
  if (length < 1 || !Number.isSafeInteger(clock + length)) refuse('clocks that can be')
}

function refuse(expected: string): never {
  throw new Error(`an update must hold ${expected}, does not`)
}
