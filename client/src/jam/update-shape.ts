import * as Y from 'yjs'

/** What an update brings and what it stands on, without looking at any document. */
export interface UpdateShape {
  /** Clocks that it brings, by client: the first, and the one after the last. */
  readonly brings: ReadonlyMap<number, { readonly from: number; readonly to: number }>
  /** Clocks, by client, that the document must have reached by itself. */
  readonly follows: ReadonlyMap<number, number>
  /** Clocks, by client, that the document must have reached with the update's own help. */
  readonly refersTo: ReadonlyMap<number, number>
}

const MAX_DEPTH = 4
const MAX_KEY_CHARS = 256

/**
 * Reads a stranger's update for its shape alone; undefined when it is none, or holds what no song has (a document, a
 * nesting without end, an object of a foreign make). Never throws, and allocates no more than the bytes account for.
 */
export function readUpdateShape(update: Uint8Array): UpdateShape | undefined {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    return shapeOf(structs, ds.clients)
  } catch {
    // Whatever it is, Yjs cannot read it either.
    return undefined
  }
}

type Structs = ReturnType<typeof Y.decodeUpdate>['structs']
type Deletes = ReturnType<typeof Y.decodeUpdate>['ds']['clients']

function shapeOf(structs: Structs, deletes: Deletes): UpdateShape | undefined {
  const brings = new Map<number, { from: number; to: number }>()
  const follows = new Map<number, number>()
  const refersTo = new Map<number, number>()
  for (const struct of structs) {
    const { client, clock } = struct.id
    const end = clock + struct.length
    if (!isSpan(clock, struct.length)) return undefined
    if (struct instanceof Y.Skip) {
      raise(follows, client, end)
      continue
    }
    const brought = brings.get(client)
    if (brought === undefined) raise(follows, client, clock)
    brings.set(client, { from: brought?.from ?? clock, to: end })
    if (struct instanceof Y.GC) continue
    if (!isPlain(struct)) return undefined
    const references = referencesOf(struct)
    // Yjs takes for granted that a client refers to what it wrote before, and throws where it does not.
    if (references.some((id) => id.client === client && id.clock >= clock)) return undefined
    for (const id of references) raise(refersTo, id.client, id.clock + 1)
  }
  for (const [client, ranges] of deletes) {
    for (const { clock, len } of ranges) {
      if (!isSpan(clock, len)) return undefined
      raise(refersTo, client, clock + len)
    }
  }
  return { brings, follows, refersTo }
}

const referencesOf = ({ origin, rightOrigin, parent }: Y.Item): readonly Y.ID[] =>
  [origin, rightOrigin, parent].filter((id) => id instanceof Y.ID)

/** No honest Yjs writes something of no length, and ours throws where it finds it. */
const isSpan = (clock: number, length: number): boolean =>
  length >= 1 && Number.isSafeInteger(clock + length)

function raise(clocks: Map<number, number>, client: number, clock: number): void {
  if (clock > (clocks.get(client) ?? 0)) clocks.set(client, clock)
}

function isPlain({ content, parentSub }: Y.Item): boolean {
  if (parentSub !== null && parentSub.length > MAX_KEY_CHARS) return false
  if (content instanceof Y.ContentDeleted || content instanceof Y.ContentString) return true
  if (content instanceof Y.ContentAny) {
    return (content.arr as readonly unknown[]).every((value) => isPlainValue(value, 0))
  }
  if (!(content instanceof Y.ContentType)) return false
  return content.type instanceof Y.Map || content.type instanceof Y.Array
}

function isPlainValue(value: unknown, depth: number): boolean {
  if (typeof value === 'bigint') return false
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  const isList = Array.isArray(value)
  // A key of a foreign make (`__proto__`) has changed what the object descends from.
  if (!isList && Object.getPrototypeOf(value) !== Object.prototype) return false
  return Object.values(value).every((each) => isPlainValue(each, depth + 1))
}

/** A clock that some client must have reached. */
export interface Missing {
  readonly client: number
  readonly clock: number
}

/** What the document still lacks for this update, or one of it; undefined when nothing would be left pending. */
export function firstMissing(
  doc: Y.Doc,
  { brings, follows, refersTo }: UpdateShape,
): Missing | undefined {
  for (const [client, clock] of follows) {
    if (clock > Y.getState(doc.store, client)) return { client, clock }
  }
  for (const [client, clock] of refersTo) {
    const reached = Math.max(Y.getState(doc.store, client), brings.get(client)?.to ?? 0)
    if (clock > reached) return { client, clock }
  }
  return undefined
}
