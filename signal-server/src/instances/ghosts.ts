import type { Clock } from '../clock.ts'
import type { RoomState, SeatState } from '../room-state.ts'
import type { Seat, Taker } from '../room-types.ts'

/**
 * Those of one room who are known to sit at another instance that has not been heard of yet: they are listed as they
 * were, and nothing reaches them.
 */
export interface Ghosts {
  /** A seat whose owner is to be listed as here for a while. */
  add(seat: Seat): void
  /** Who sits on a seat of which only others tell; undefined when nobody does, or it is known who. */
  takerOf(seat: SeatState, known: Pick<RoomState, 'seats'>): Taker | undefined
  /** Counts those as away who have not been heard of for long. @param isPatient whether nobody can be heard of now */
  look(isPatient: boolean): void
}

/** Long enough for an instance to say who sits there, and for people whom one has sent away to come to another. */
const PATIENCE_MS = 8_000

export function createGhosts(clock: Clock): Ghosts {
  const ghosts = new Map<Seat, { sinceMs: number }>()

  function add(seat: Seat): void {
    ghosts.set(seat, { sinceMs: clock.nowMs() })
  }

  return {
    add,
    takerOf({ peerId, isHere, instance }, { seats }) {
      if (!isHere || seats.some((seat) => seat.peerId === peerId && seat.isHere)) return undefined
      return {
        occupant: {
          instance,
          outlet: undefined,
          tell: () => undefined,
          end: () => undefined,
          restand: () => undefined,
        },
        onSeated: add,
      }
    },
    look(isPatient) {
      for (const [seat, ghost] of ghosts) {
        // Whose owner is back has done nothing to the room since: then all of this does nothing.
        if (isPatient) {
          ghost.sinceMs = clock.nowMs()
          seat.active('input')
        } else if (clock.nowMs() - ghost.sinceMs >= PATIENCE_MS) {
          ghosts.delete(seat)
          seat.vacate()
        }
      }
    },
  }
}
