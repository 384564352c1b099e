import type { Sitting } from './admission.ts'
import type { Clock } from './clock.ts'
import type { HostWord, Obedience } from './obedience.ts'
import { createTokenBucket, takeTokens } from './rate-limit.ts'
import type { Rooms } from './rooms.ts'

/** Each word makes all certificates of its room void, so that a host has few of them. */
const BURST = 30
const PER_SECOND = 2

/** @returns what has done what one host says, or tells why not */
export function createHostWords(
  { seat, roomId }: Pick<Sitting, 'seat' | 'roomId'>,
  rooms: Pick<Rooms, 'obey'>,
  clock: Clock,
): (word: HostWord) => Obedience | 'too-fast' | Promise<Obedience> {
  const bucket = createTokenBucket(BURST, PER_SECOND, clock.nowMs())
  return (word) => (takeTokens(bucket, clock.nowMs()) ? rooms.obey(roomId, seat, word) : 'too-fast')
}
