import type { Jam } from '../jam/jam.ts'
import { openOfflineDisk } from '../jam/offline-disk.ts'
import { createOfflineKeeper, type OfflineKeeper, type Reach } from '../jam/offline-keeper.ts'
import { createSettling } from '../jam/offline-settling.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Room } from './room.ts'
import type { Connection } from './states.ts'
import type { Drawer } from './storage.ts'

export interface OfflineDeskOptions {
  readonly jam: Jam
  readonly room: Pick<Room, 'signal' | 'mesh'>
  readonly connection: Live<Connection>
  readonly drawer: Drawer
  /** Names the room in this browser. */
  readonly tag: string
  readonly timers: Timers
}

const MET = 'yes'
/** Under which it is remembered whether somebody was met in a room. @param tag names the room in this browser */
export const metKey = (tag: string): string => `met/${tag}`

/** Holds what is written while nobody is in reach; remembers whether this browser ever met somebody in the room. */
export function createOfflineDesk(options: OfflineDeskOptions): OfflineKeeper {
  const { jam, room, connection, drawer, tag, timers } = options
  const { signal, mesh } = room
  const scope = createScope()
  const key = metKey(tag)
  const others = (): number => Math.max(signal.roster.read().size, mesh.peers().length)
  const hasMet = (): boolean => drawer.read(key) === MET
  const remember = (): void => {
    if (others() > 0 && !hasMet()) drawer.write(key, MET)
  }
  const reach = createLive(reachOf(connection.read(), mesh.peers().length))
  const look = (): void => {
    reach.set(reachOf(connection.read(), mesh.peers().length))
    remember()
  }
  scope.own(connection.subscribe(look))
  scope.own(mesh.links.subscribe(look))
  scope.own(signal.roster.subscribe(look))
  remember()
  const keeper = createOfflineKeeper({
    jam,
    reach,
    hasMet,
    disk: openOfflineDisk(tag),
    settle: (onSettled) =>
      createSettling({ mesh, doc: () => jam.copies.shared().doc, others, timers }, onSettled),
    timers,
  })
  scope.own(keeper.close)
  return { ...keeper, close: scope.close }
}

function reachOf({ status }: Connection, links: number): Reach {
  if (links > 0 || status === 'in-room') return 'room'
  return status === 'server-away' || status === 'joining' ? 'nobody' : 'out'
}
