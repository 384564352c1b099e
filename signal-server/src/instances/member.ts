import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'
import type { Comer, Guest, Occupant, Seat } from '../room-types.ts'

/** Somebody whose socket is at this instance, wherever the home of their room is. */
export interface Member {
  readonly peerId: PeerId
  /** Tells this sitting from all others of this instance. */
  readonly sit: number
  /** When it was taken, by the clock that instances share: of two on one seat the later one has it. */
  readonly satMs: number
  readonly occupant: Occupant
  /** In the room itself, while its home is here. */
  seat: Seat | undefined
}

/** Somebody who waits outside a room whose home is elsewhere, or was. */
export interface Waiting {
  readonly guest: Guest
  readonly sit: number
  readonly satMs: number
  /** Ends the waiting at the home, while that is here. */
  endKnock: Undo | undefined
}

/** An occupant that hears nothing before it was welcomed, and then all. */
export interface Early {
  readonly occupant: Occupant
  readonly welcomed: () => void
}

export function holdBack({ occupant }: Pick<Comer, 'occupant'>): Early {
  let early: (() => void)[] | undefined = []
  const inTurn = (run: () => void): void => {
    if (early === undefined) run()
    else early.push(run)
  }
  return {
    occupant: {
      outlet: occupant.outlet,
      tell(message) {
        inTurn(() => {
          occupant.tell(message)
        })
      },
      end(verdict) {
        inTurn(() => {
          occupant.end(verdict)
        })
      },
      restand(isAppointed) {
        inTurn(() => {
          occupant.restand(isAppointed)
        })
      },
    },
    welcomed() {
      const runs = early ?? []
      early = undefined
      for (const run of runs) run()
    },
  }
}
