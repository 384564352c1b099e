import type { PeerId, Role, RoomId } from '@beatcord/shared'
import type { Undo } from './clock.ts'
import { type HostWord, type Obedience, obeyHost } from './obedience.ts'
import type { Comer, Guest, Room, RoomSettings, Seat } from './room-types.ts'
import { MAX_NAMES } from './room-state.ts'
import { createRoom } from './room.ts'

/** How many people are here, and in how many rooms. */
export interface Counts {
  readonly peers: number
  readonly rooms: number
}

/** A seat; or why there is none, or that somebody has to be let in. */
export type Entry = Seat | 'room-full' | 'locked' | 'knock' | 'moved'

/** All rooms: each made by its first join, dropped with its last seat. */
export interface Rooms {
  /** Has to be waited for before the others are asked of that room; undefined when there is nothing to wait for. */
  open(roomId: RoomId): Promise<void> | undefined
  /** Seats somebody; at once where the room is here. */
  join(roomId: RoomId, comer: Comer): Entry | Promise<Entry>
  /** @returns what ends the waiting; undefined when too many wait already */
  knock(roomId: RoomId, guest: Guest): Undo | undefined
  /** Whether this seat is taken, or waits for its peer. */
  holds(roomId: RoomId, peerId: PeerId): boolean
  /** What somebody is in that room; undefined when there is no such room. */
  roleOf(roomId: RoomId, peerId: PeerId): Role | 'no-seat' | undefined
  /** By what this room was known before, the room itself included. */
  namesOf(roomId: RoomId): readonly RoomId[]
  /** By what a room is known now. */
  nameNow(roomId: RoomId): RoomId
  /** Does as a host of that room says, or tells why not; at once where the room is here. */
  obey(roomId: RoomId, seat: Seat, word: HostWord): Obedience | Promise<Obedience>
  readonly counts: () => Counts
  /** From now on nobody is told that a seat is given up or empty: the server stops, and everybody comes back to it. */
  hush(): void
  /** Forgets everything and tells nobody: who was seated comes back to the next server. */
  close(): void | Promise<void>
}

interface Named {
  readonly room: Room
  /** The latest last. */
  names: readonly RoomId[]
}

export function createRooms(
  settings: Omit<RoomSettings, 'onEmpty' | 'onHere' | 'isHushed'>,
): Rooms {
  /** By every name that they have or had. */
  const rooms = new Map<RoomId, Named>()
  /** Kept up, for health is asked often and must not look at every seat. */
  let counts: Counts = { peers: 0, rooms: 0 }
  let hushed = false

  function open(roomId: RoomId): Named {
    const room = createRoom({
      ...settings,
      isHushed: () => hushed,
      onHere(before, after) {
        counts = {
          peers: counts.peers + after - before,
          rooms: counts.rooms + Number(after > 0) - Number(before > 0),
        }
      },
      onEmpty() {
        for (const name of named.names) rooms.delete(name)
      },
    })
    const named: Named = { room, names: [roomId] }
    rooms.set(roomId, named)
    return named
  }

  const nameNow = (roomId: RoomId): RoomId => rooms.get(roomId)?.names.at(-1) ?? roomId

  /** Gives a room another name, and makes its certificates void. @returns false when there is a room of that name */
  function move(from: RoomId, to: RoomId): boolean {
    const named = rooms.get(from)
    if (named === undefined || rooms.has(to)) return false
    const names = [...named.names, to]
    for (const forgotten of names.slice(0, -MAX_NAMES)) rooms.delete(forgotten)
    named.names = names.slice(-MAX_NAMES)
    rooms.set(to, named)
    named.room.restand()
    return true
  }

  return {
    open: () => undefined,
    join(roomId, comer) {
      if (nameNow(roomId) !== roomId) return 'moved'
      return (rooms.get(roomId) ?? open(roomId)).room.join(comer)
    },
    knock: (roomId, guest) => rooms.get(roomId)?.room.knock(guest),
    holds: (roomId, peerId) => rooms.get(roomId)?.room.holds(peerId) ?? false,
    roleOf: (roomId, peerId) => rooms.get(roomId)?.room.roleOf(peerId),
    namesOf: (roomId) => rooms.get(roomId)?.names ?? [roomId],
    nameNow,
    obey: (roomId, seat, word) =>
      obeyHost({ isKnown: (name) => rooms.has(name), move }, roomId, seat, word),
    hush() {
      hushed = true
    },
    counts: () => counts,
    close() {
      for (const { room } of rooms.values()) room.close()
      rooms.clear()
    },
  }
}
