import { digest } from 'lib0/hash/sha256'
import type { Member } from '../net/mesh.ts'

/** Ids that one page may use one after the other, should somebody else write under one of them. */
export const IDS_OF_PAGE = 64

/** Longest that Yjs writes in seven bytes; too many to find another page with the same one by trying. */
const ID_BITS = 49
const HIGH_BITS = ID_BITS - 32

/**
 * The Yjs client id that a page writes its edits under. It follows from who the page is, so that nobody else can write
 * in its name.
 *
 * @param number 0 to `IDS_OF_PAGE` - 1
 */
export function clientIdOf({ peer, page }: Member, number: number): number {
  const hash = digest(new TextEncoder().encode(`${peer}|${page}|${String(number)}`))
  const view = new DataView(hash.buffer, hash.byteOffset)
  return (view.getUint32(0) >>> (32 - HIGH_BITS)) * 2 ** 32 + view.getUint32(4)
}

/** Who may write under which client id. */
export interface Authors {
  /** Whether all of these ids are this member's. */
  own(member: Member, clients: Iterable<number>): boolean
  /** All under which this member may ever write. */
  idsOf(member: Member): ReadonlySet<number>
}

const REMEMBERED = 256
/** Nobody's: all of a member's ids are worked out in search of it. */
const NO_ID = -1

/** Each id is worked out once, when it is first asked for: almost all that anybody writes is under the first one. */
export function createAuthors(): Authors {
  const known = new Map<string, Set<number>>()

  function knownOf(member: Member): Set<number> {
    const name = `${member.peer}|${member.page}`
    const before = known.get(name)
    if (before !== undefined) return before
    const ids = new Set<number>()
    if (known.size >= REMEMBERED) known.clear()
    known.set(name, ids)
    return ids
  }

  function isOf(member: Member, client: number): boolean {
    const ids = knownOf(member)
    while (!ids.has(client) && ids.size < IDS_OF_PAGE) ids.add(clientIdOf(member, ids.size))
    return ids.has(client)
  }

  return {
    idsOf(member) {
      isOf(member, NO_ID)
      return knownOf(member)
    },
    own(member, clients) {
      for (const client of clients) if (!isOf(member, client)) return false
      return true
    },
  }
}
