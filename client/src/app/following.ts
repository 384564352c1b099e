import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Person } from './states.ts'

/** Whom this page follows, as long as they are here. */
export function createFollowing(people: Live<readonly Person[]>): {
  readonly followed: Live<string | undefined>
  follow(person: string | undefined): void
  readonly close: Undo
} {
  const followed = createLive<string | undefined>(undefined)
  const isHere = (person: string | undefined): boolean =>
    people.read().some(({ id, isMe }) => id === person && !isMe)
  return {
    followed,
    follow(person) {
      followed.set(isHere(person) ? person : undefined)
    },
    close: people.subscribe(() => {
      if (!isHere(followed.read())) followed.set(undefined)
    }),
  }
}
