import type { RoomId } from '@beatcord/shared'
import type { SlotClient, SlotTrouble } from '../net/slot-client.ts'

/** A server's slots in memory, which keep as a server does. */
export interface FakeSlots {
  /** How somebody with a seat asks for them. */
  readonly client: SlotClient
  readonly rooms: Map<RoomId, Map<number, Uint8Array>>
  /** What was asked, oldest first. */
  readonly asked: string[]
  /** In place of every answer, while it is set. */
  trouble: SlotTrouble | undefined
}

const KEPT = 3

export function createFakeSlots(): FakeSlots {
  const rooms: FakeSlots['rooms'] = new Map()
  const slotsOf = (roomId: RoomId): Map<number, Uint8Array> => {
    const slots = rooms.get(roomId) ?? new Map<number, Uint8Array>()
    rooms.set(roomId, slots)
    return slots
  }
  const newestOf = (roomId: RoomId): number => Math.max(0, ...slotsOf(roomId).keys())
  const answer = <T>(name: string, give: () => T): Promise<T | SlotTrouble> => {
    fake.asked.push(name)
    return Promise.resolve(fake.trouble ?? give())
  }
  const fake: FakeSlots = {
    rooms,
    asked: [],
    trouble: undefined,
    client: {
      read: (roomId, before = Infinity) =>
        answer('read', () => {
          const version = Math.max(
            0,
            ...[...slotsOf(roomId).keys()].filter((each) => each < before),
          )
          const sealed = slotsOf(roomId).get(version)
          return sealed === undefined ? { outcome: 'none' } : { outcome: 'slot', version, sealed }
        }),
      write: (roomId, expected, sealed) =>
        answer('write', () => {
          const version = newestOf(roomId)
          if (version !== expected) return { outcome: 'conflict', version }
          slotsOf(roomId)
            .set(version + 1, sealed)
            .delete(version + 1 - KEPT)
          return { outcome: 'written', version: version + 1 }
        }),
      async remove(roomId) {
        const removed = await answer('remove', () => {
          rooms.delete(roomId)
          return 'removed' as const
        })
        return typeof removed === 'string' ? removed : removed.outcome
      },
    },
  }
  return fake
}
