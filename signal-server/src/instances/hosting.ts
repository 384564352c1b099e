import type { RoomId } from '@beatcord/shared'
import { type HostWord, nextNameOf, type Obedience, obeyHost } from '../obedience.ts'
import { MAX_NAMES } from '../room-state.ts'
import type { Seat } from '../room-types.ts'
import type { BranchContext } from './branch-types.ts'
import type { Home } from './home-types.ts'

export interface HostingOptions {
  readonly context: Pick<BranchContext, 'directory' | 'isKnown'>
  /** The latest last. */
  readonly names: () => readonly RoomId[]
  readonly rename: (names: readonly RoomId[]) => void
  /** While it is here. */
  readonly home: () => Home | undefined
}

/** @returns what does as a host says of a room whose home is here, or tells why not */
export function createHosting({
  context,
  names,
  rename,
  home,
}: HostingOptions): (room: Home, seat: Seat, word: HostWord) => Obedience | Promise<Obedience> {
  const { directory } = context
  const nameNow = (): RoomId => names().at(-1) as RoomId

  async function move(room: Home, seat: Seat, word: HostWord, next: RoomId): Promise<Obedience> {
    if (context.isKnown(next)) return 'bad-message'
    if (directory.isUp()) {
      const claim = await directory.claim(next).catch(() => undefined)
      if (claim !== undefined && (claim.home !== directory.me || claim.left !== '')) {
        return 'bad-message'
      }
    }
    if (room !== home()) return 'no-such-peer'
    return obeyHost(
      {
        isKnown: () => false,
        move() {
          rename([...names(), next].slice(-MAX_NAMES))
          room.room.restand()
          room.renamed()
        },
      },
      nameNow(),
      seat,
      word,
    )
  }

  return (room, seat, word) => {
    const next = nextNameOf(word)
    if (next !== undefined) return move(room, seat, word, next)
    const noNames = { isKnown: () => false, move: () => undefined }
    return obeyHost(noNames, nameNow(), seat, word)
  }
}
