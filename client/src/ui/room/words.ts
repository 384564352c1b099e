import type { Connection, Person, SyncState } from '../../app/session-types.ts'
import { shareThroughServer } from './link-words.ts'

const IN_ROOM_WORDS = {
  none: 'Connected',
  some: 'Partly through the server',
  all: 'Through the server',
} as const

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
  }
}

export function syncWords(sync: SyncState): string {
  switch (sync.status) {
    case 'alone':
      return 'Just you'
    case 'syncing':
      return 'Finding the beat…'
    case 'in-time':
      return `In time ±${Math.max(1, Math.round(sync.errorMs))} ms`
    case 'drifting':
      return 'Beat lost'
    case 'unmeasured':
      return 'Timing cannot be measured'
  }
}

/** Such as "3 people". */
export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
