import type { ClientMessage, RoomId } from '@beatcord/shared'
import type { Disobeyed, Seat } from './room-types.ts'
import { authKeyToRoomId } from './seats.ts'

/** What only a host may say. */
export type HostWord = Extract<
  ClientMessage,
  { type: 'set-rules' | 'set-role' | 'answer-knock' | 'remove' }
>

type Removal = Extract<HostWord, { type: 'remove' }>

/** Why a host's word was not obeyed, or undefined. */
export type Obedience = Disobeyed | 'bad-message' | undefined

/** What a room is asked when a host gives it another name. */
export interface Names {
  readonly isKnown: (roomId: RoomId) => boolean
  /** Makes its certificates void. */
  readonly move: (from: RoomId, to: RoomId) => void
}

/** Does as a host says. @param roomId as it was entered */
export function obeyHost(names: Names, roomId: RoomId, seat: Seat, word: HostWord): Obedience {
  switch (word.type) {
    case 'set-rules':
      return seat.setRules(word.rules)
    case 'set-role':
      return seat.setRole(word.peerId, word.role)
    case 'answer-knock':
      return seat.answerKnock(word.peerId, word.letIn)
    case 'remove':
      return remove(names, roomId, seat, word)
  }
}

/** Out of the room, and by its old key nobody comes back to it. */
function remove(names: Names, roomId: RoomId, seat: Seat, word: Removal): Obedience {
  const next = nextNameOf(word)
  if (next !== undefined && names.isKnown(next)) return 'bad-message'
  const disobeyed = seat.remove(word.peerId)
  if (disobeyed === undefined && next !== undefined) names.move(roomId, next)
  return disobeyed
}

/** The name that a room has after that word; undefined when it keeps its own. */
export const nextNameOf = (word: HostWord): RoomId | undefined =>
  word.type === 'remove' && word.authKey !== undefined ? authKeyToRoomId(word.authKey) : undefined
