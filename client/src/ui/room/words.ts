import type { Connection, PeerSync, Person, SyncState } from '../../app/session-types.ts'
import { shareThroughServer } from './link-words.ts'

const IN_ROOM_WORDS = {
  none: 'Connected',
  some: 'Partly through the server',
  all: 'Through the server',
} as const

const MS_PER_SECOND = 1000
/** Tenths in binary are a hair off. */
const HAIR = 1e-9

/** What the header says of the connection; banners say more where something is to be done. */
export function connectionWords(connection: Connection, people: readonly Person[]): string {
  switch (connection.status) {
    case 'joining':
      return 'Joining…'
    case 'in-room':
      return IN_ROOM_WORDS[shareThroughServer(people)]
    case 'server-away':
      return 'Server away'
    case 'room-full':
      return 'Room full'
    case 'replaced':
      return 'Seat taken'
    case 'idle':
      return 'Left: idle'
    case 'outdated':
      return 'Reload needed'
    case 'knocking':
      return 'Knocking…'
    case 'locked':
      return 'Locked'
    case 'not-let-in':
      return 'Not let in'
    case 'removed':
      return 'Removed'
    case 'moved':
      return 'Moved'
  }
}

export function syncWords(sync: SyncState): string {
  switch (sync.status) {
    case 'alone':
      return 'Just you'
    case 'syncing':
      return 'Finding the beat…'
    case 'in-time':
      return `In time ${errorWords(sync.errorMs)}`
    case 'drifting':
      return `Drifting ${errorWords(sync.errorMs)}`
    case 'unmeasured':
      return 'Timing cannot be measured'
  }
}

/** What the list of people says of somebody else. */
export function peerSyncWords(sync: PeerSync): string {
  switch (sync.status) {
    case 'syncing':
      return 'finding the beat…'
    case 'in-time':
      return `in time ${errorWords(sync.errorMs)}`
    case 'drifting':
      return 'out of time'
    case 'unmeasured':
      return 'timing cannot be measured'
  }
}

/** Explains the figure of oneself or of somebody else. */
export const syncTitle = ({ isMe }: Pick<Person, 'isMe'>): string =>
  `How closely your browser and ${isMe ? 'the others’' : 'theirs'} agree on the beat`

/** Such as "±0.4 ms" or "±12 ms"; never better than it is, and never "±0.0". */
export function errorWords(errorMs: number): string {
  if (errorMs >= MS_PER_SECOND) return '±1 s or more'
  const tenths = Math.max(1, Math.ceil(errorMs * 10 - HAIR))
  return tenths < 100 ? `±${(tenths / 10).toFixed(1)} ms` : `±${Math.ceil(errorMs - HAIR)} ms`
}

/** Such as "3 people". */
export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
