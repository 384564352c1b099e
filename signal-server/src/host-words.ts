import type { ClientMessage } from '@beatcord/shared'
import type { Sitting } from './admission.ts'
import type { Clock } from './clock.ts'
import { createTokenBucket, takeTokens } from './rate-limit.ts'
import type { Disobeyed } from './room-types.ts'
import type { Rooms } from './rooms.ts'
import { authKeyToRoomId } from './seats.ts'

/** What only a host may say. */
export type HostWord = Extract<
  ClientMessage,
  { type: 'set-rules' | 'set-role' | 'answer-knock' | 'remove' }
>

type Removal = Extract<HostWord, { type: 'remove' }>

/** Each word makes all certificates of its room void, so that a host has few of them. */
const BURST = 30
const PER_SECOND = 2

/** @returns what does as one host says, or tells why it does not */
export function createHostWords(
  { seat, roomId }: Pick<Sitting, 'seat' | 'roomId'>,
  rooms: Pick<Rooms, 'isKnown' | 'move'>,
  clock: Clock,
): (word: HostWord) => Disobeyed | 'bad-message' | 'too-fast' | undefined {
  const bucket = createTokenBucket(BURST, PER_SECOND, clock.nowMs())

  /** Out of the room, and by its old key nobody comes back to it. */
  function remove({ peerId, authKey }: Removal): Disobeyed | 'bad-message' | undefined {
    const next = authKey === undefined ? undefined : authKeyToRoomId(authKey)
    if (next !== undefined && rooms.isKnown(next)) return 'bad-message'
    const disobeyed = seat.remove(peerId)
    if (disobeyed === undefined && next !== undefined) rooms.move(roomId, next)
    return disobeyed
  }

  return (word) => {
    if (!takeTokens(bucket, clock.nowMs())) return 'too-fast'
    switch (word.type) {
      case 'set-rules':
        return seat.setRules(word.rules)
      case 'set-role':
        return seat.setRole(word.peerId, word.role)
      case 'answer-knock':
        return seat.answerKnock(word.peerId, word.letIn)
      case 'remove':
        return remove(word)
    }
  }
}
