import type { GoneReason, PeerId, RosterEntry, ServerMessage, Verdict } from '@beatcord/shared'
import type { Clock, Undo } from './clock.ts'
import { watchIdle, type IdleWatch } from './idle.ts'
import type { RelayOutlet } from './relay.ts'

/** Who sits on a seat, as the room sees it: the rim puts a socket behind it. */
export interface Occupant {
  tell(message: ServerMessage): void
  end(verdict: Verdict): void
  /** Where relayed frames for this one go. */
  readonly outlet: RelayOutlet
}

/** What the one who sits may do; all of it does nothing once the seat is someone else's or gone. */
export interface Seat {
  /** Everyone else in the room, at this moment. */
  roster(): readonly RosterEntry[]
  setSealed(sealed: string): void
  active(by: 'input' | 'playback'): void
  /** Passes `data` on; false when nobody of that id is here. */
  signal(to: PeerId, data: string): boolean
  /** Where relayed frames for this one go at this moment; undefined when nobody of that id is here. */
  outletOf(to: PeerId): RelayOutlet | undefined
  /** The occupant is lost; the seat waits for a while. */
  vacate(): void
  /** Gives the seat up at once. */
  leave(): void
}

/** The peers of one room. Knows no socket. */
export interface Room {
  /**
   * Seats an occupant; one who sat on this seat before is ended first.
   *
   * @returns undefined when the room is full and the seat is not held
   */
  join(peerId: PeerId, sealed: string, occupant: Occupant): Seat | undefined
  holds(peerId: PeerId): boolean
  hereCount(): number
  /** Forgets every seat and tells nobody. */
  close(): void
}

export interface RoomSettings {
  readonly cap: number
  readonly goneAfterMs: number
  readonly inactivityTimeoutMs: number
  readonly clock: Clock
  /** Whether others are no longer told of seats that are left. */
  readonly isHushed: () => boolean
  readonly onEmpty: Undo
}

interface Holding {
  sealed: string
  occupant: Occupant | undefined
  idle: IdleWatch | undefined
  endAway: Undo | undefined
}

export function createRoom(settings: RoomSettings): Room {
  const { cap, goneAfterMs, inactivityTimeoutMs, clock, isHushed, onEmpty } = settings
  const holdings = new Map<PeerId, Holding>()

  function tellOthers(peerId: PeerId, message: ServerMessage): void {
    for (const [other, { occupant }] of holdings) {
      if (other !== peerId) occupant?.tell(message)
    }
  }

  function release(holding: Holding): void {
    holding.idle?.end()
    holding.endAway?.()
  }

  function remove(peerId: PeerId, holding: Holding, reason: GoneReason): void {
    release(holding)
    holdings.delete(peerId)
    if (!isHushed()) tellOthers(peerId, { type: 'peer-gone', peerId, reason })
    if (holdings.size === 0) onEmpty()
  }

  function occupy(peerId: PeerId, holding: Holding, occupant: Occupant): void {
    release(holding)
    holding.occupant = occupant
    holding.idle = watchIdle(clock, inactivityTimeoutMs, () => {
      remove(peerId, holding, 'idle')
      occupant.end('idle')
    })
  }

  function vacate(peerId: PeerId, holding: Holding): void {
    release(holding)
    holding.occupant = undefined
    holding.endAway = clock.after(goneAfterMs, () => {
      remove(peerId, holding, 'timeout')
    })
    if (!isHushed()) tellOthers(peerId, { type: 'peer-changed', peer: entryOf(peerId, holding) })
  }

  function hand(peerId: PeerId, holding: Holding, occupant: Occupant): Seat {
    const isMine = (): boolean => holdings.get(peerId) === holding && holding.occupant === occupant
    const receiverOf = (to: PeerId): Occupant | undefined =>
      isMine() && to !== peerId ? holdings.get(to)?.occupant : undefined
    return {
      roster: () =>
        [...holdings].filter(([id]) => id !== peerId).map(([id, other]) => entryOf(id, other)),
      setSealed(sealed) {
        if (!isMine()) return
        holding.sealed = sealed
        tellOthers(peerId, { type: 'peer-changed', peer: entryOf(peerId, holding) })
      },
      active(by) {
        if (isMine()) holding.idle?.active(by)
      },
      signal(to, data) {
        const receiver = receiverOf(to)
        if (receiver === undefined) return false
        receiver.tell({ type: 'signal', from: peerId, data })
        return true
      },
      outletOf: (to) => receiverOf(to)?.outlet,
      vacate() {
        if (isMine()) vacate(peerId, holding)
      },
      leave() {
        if (isMine()) remove(peerId, holding, 'left')
      },
    }
  }

  return {
    join(peerId, sealed, occupant) {
      const held = holdings.get(peerId)
      if (held === undefined && holdings.size >= cap) return undefined
      const holding = held ?? { sealed, occupant: undefined, idle: undefined, endAway: undefined }
      const old = holding.occupant
      holding.sealed = sealed
      occupy(peerId, holding, occupant)
      old?.end('replaced')
      holdings.set(peerId, holding)
      const type = held === undefined ? 'peer-joined' : 'peer-changed'
      tellOthers(peerId, { type, peer: entryOf(peerId, holding) })
      return hand(peerId, holding, occupant)
    },
    holds: (peerId) => holdings.has(peerId),
    hereCount: () => [...holdings.values()].filter(isHere).length,
    close() {
      for (const holding of holdings.values()) release(holding)
      holdings.clear()
    },
  }
}

const isHere = ({ occupant }: Holding): boolean => occupant !== undefined

const entryOf = (peerId: PeerId, holding: Holding): RosterEntry => ({
  peerId,
  presence: isHere(holding) ? 'here' : 'away',
  sealed: holding.sealed,
})
