import type { PeerId, RoomId } from '@beatcord/shared'
import { createRoom, type Occupant, type Room, type RoomSettings, type Seat } from './room.ts'

/** How many people are here, and in how many rooms. */
export interface Counts {
  readonly peers: number
  readonly rooms: number
}

/** All rooms: each made by its first join, dropped with its last seat. */
export interface Rooms {
  /** @returns undefined when the room is full */
  join(roomId: RoomId, peerId: PeerId, sealed: string, occupant: Occupant): Seat | undefined
  readonly counts: () => Counts
  /** Forgets everything and tells nobody: who was seated comes back to the next server. */
  close(): void
}

export function createRooms(settings: Omit<RoomSettings, 'onEmpty'>): Rooms {
  const rooms = new Map<RoomId, Room>()

  function open(roomId: RoomId): Room {
    const room = createRoom({ ...settings, onEmpty: () => rooms.delete(roomId) })
    rooms.set(roomId, room)
    return room
  }

  return {
    join: (roomId, peerId, sealed, occupant) =>
      (rooms.get(roomId) ?? open(roomId)).join(peerId, sealed, occupant),
    counts() {
      const here = [...rooms.values()].map((room) => room.hereCount()).filter((count) => count > 0)
      return { peers: here.reduce((sum, count) => sum + count, 0), rooms: here.length }
    },
    close() {
      for (const room of rooms.values()) room.close()
      rooms.clear()
    },
  }
}
