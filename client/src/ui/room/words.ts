import type { Connection, Person, SyncState } from '../../app/session-types.ts'

const LINK_WORDS: Readonly<Record<Person['link'], string>> = {
  self: 'you',
  direct: 'connected',
  relayed: 'through the server',
  connecting: 'connecting',
  unsteady: 'unsteady connection',
  unreachable: 'cannot be reached, trying again',
}

/** How somebody is, such as "here, connected" or "away". */
export function personWords(person: Person): string {
  const presence = person.presence === 'here' ? 'here' : 'away'
  const sound = person.hears ? '' : ', without sound yet'
  return `${presence}, ${LINK_WORDS[person.link]}${sound}`
}

/** What the header says of the connection; banners say more where something is to be done. */
export function connectionWords(connection: Connection): string {
  switch (connection.status) {
    case 'joining':
      return 'Joining…'
    case 'in-room':
      return 'Connected'
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
    case 'lost':
      return 'Beat lost'
  }
}

/** Such as "3 people". */
export const countOf = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`
