import type { Connection, PeerSync, Person, SyncState } from '../../app/session-types.ts'
import { ROOM_WORDS } from '../../words/room.ts'
import { shareThroughServer } from './link-words.ts'

const { connections: CONNECTIONS, mySync: MINE, theirSync: THEIRS } = ROOM_WORDS
const IN_ROOM = {
  none: CONNECTIONS.direct,
  some: CONNECTIONS.someRelayed,
  all: CONNECTIONS.allRelayed,
} as const

const MS_PER_SECOND = 1000
/** Tenths in binary are a hair off. */
const HAIR = 1e-9

/** What the header says of the connection; banners say more where something is to be done. */
export function connectionWords(connection: Connection, people: readonly Person[]): string {
  const { status } = connection
  if (status === 'in-room') return IN_ROOM[shareThroughServer(people)]
  const isOffline = status === 'server-away' && connection.links === 0 && connection.offline
  return isOffline ? CONNECTIONS.offline : CONNECTIONS[status]
}

export function syncWords(sync: SyncState): string {
  switch (sync.status) {
    case 'alone':
      return MINE.alone
    case 'syncing':
      return MINE.syncing
    case 'in-time':
      return MINE.inTime(errorWords(sync.errorMs))
    case 'drifting':
      return MINE.drifting(errorWords(sync.errorMs))
    case 'unmeasured':
      return MINE.unmeasured
  }
}

/** What the list of people says of somebody else. */
export function peerSyncWords(sync: PeerSync): string {
  switch (sync.status) {
    case 'syncing':
      return THEIRS.syncing
    case 'in-time':
      return THEIRS.inTime(errorWords(sync.errorMs))
    case 'drifting':
      return THEIRS.drifting
    case 'unmeasured':
      return THEIRS.unmeasured
  }
}

/** Explains the figure of oneself or of somebody else. */
export const syncTitle = ({ isMe }: Pick<Person, 'isMe'>): string =>
  isMe ? MINE.title : THEIRS.title

/** Such as "±0.4 ms" or "±12 ms"; never better than it is, and never "±0.0". */
export function errorWords(errorMs: number): string {
  if (errorMs >= MS_PER_SECOND) return ROOM_WORDS.error.most
  const tenths = Math.max(1, Math.ceil(errorMs * 10 - HAIR))
  return ROOM_WORDS.error.ms(
    tenths < 100 ? (tenths / 10).toFixed(1) : String(Math.ceil(errorMs - HAIR)),
  )
}
