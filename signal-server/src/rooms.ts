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
  /** Whether this seat is taken, or waits for its peer. */
  holds(roomId: RoomId, peerId: PeerId): boolean
  readonly counts: () => Counts
  /** From now on nobody is told that a seat is given up or empty: the server stops, and everybody comes back to it. */
  hush(): void
  /** Forgets everything and tells nobody: who was seated comes back to the next server. */
  close(): void
}

export function createRooms(settings: Omit<RoomSettings, 'onEmpty' | 'isHushed'>): Rooms {
  const rooms = new Map<RoomId, Room>()
  let hushed = false

  function open(roomId: RoomId): Room {
    const room = createRoom({
      ...settings,
      isHushed: () => hushed,
      onEmpty: () => rooms.delete(roomId),
    })
    rooms.set(roomId, room)
    return room
  }

  return {
    join: (roomId, peerId, sealed, occupant) =>
      (rooms.get(roomId) ?? open(roomId)).join(peerId, sealed, occupant),
    holds: (roomId, peerId) => rooms.get(roomId)?.holds(peerId) ?? false,
    hush() {
      hushed = true
    },
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
