import type { PeerId, RelayUrgency, RosterEntry } from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createPageName } from './page-name.ts'
import { plainStanding } from './plain-standing.ts'
import type { SignalClient, SignalState } from './signal-client-types.ts'

/** What one peer gave the server to carry to another. */
export interface Letter {
  readonly from: PeerId
  readonly to: PeerId
  readonly data: string
}

export interface Parcel {
  readonly from: PeerId
  readonly to: PeerId
  readonly urgency: RelayUrgency
  readonly payload: Uint8Array
}

/** A signal server in memory that does with what it carries whatever the test wants. */
export interface SignalHub {
  /** Seats a peer; the others are told at once. */
  join(): SignalClient & { readonly id: PeerId }
  /** Takes the server away, or lets it come back. */
  setThere(isThere: boolean): void
  /** In place of honest delivery. */
  onLetter: (letter: Letter) => void
  onParcel: (parcel: Parcel) => void
  /** Brings a letter to `to`, as from `from`. */
  deliver(letter: Letter): void
  deliverParcel(parcel: Omit<Parcel, 'urgency'>): void
}

interface Seat {
  readonly state: ReturnType<typeof createLive<SignalState>>
  readonly roster: ReturnType<typeof createLive<ReadonlyMap<PeerId, RosterEntry>>>
  readonly relay: ReturnType<typeof createLive<boolean>>
  hear(letter: Letter): void
  hearParcel(parcel: Omit<Parcel, 'urgency'>): void
}

/** @param now monotonic milliseconds @param relays whether bytes are passed on */
export function createSignalHub(now: () => number, relays: boolean): SignalHub {
  const seats = new Map<PeerId, Seat>()
  let isThere = true

  const hub: SignalHub = {
    join,
    setThere(next) {
      isThere = next
      for (const { state, relay } of seats.values()) {
        state.set(next ? { status: 'admitted' } : { status: 'away', retryAtMs: 0 })
        relay.set(next && relays)
      }
    },
    onLetter: deliver,
    onParcel: deliverParcel,
    deliver,
    deliverParcel,
  }

  function deliver(letter: Letter): void {
    setImmediate(() => seats.get(letter.to)?.hear(letter))
  }

  function deliverParcel(parcel: Omit<Parcel, 'urgency'>): void {
    setImmediate(() => seats.get(parcel.to)?.hearParcel(parcel))
  }

  function tellRosters(): void {
    for (const [own, { roster }] of seats) {
      const others = [...seats.keys()].filter((peerId) => peerId !== own)
      const entries = others.map(
        (peerId) => [peerId, { peerId, presence: 'here', role: 'player', sealed: '' }] as const,
      )
      roster.set(new Map(entries))
    }
  }

  function join(): SignalClient & { readonly id: PeerId } {
    const id = String.fromCharCode(97 + seats.size).repeat(26) as PeerId
    const events = createEvents<{
      signal: [PeerId, string]
      relay: [PeerId, Uint8Array, number]
    }>()
    const seat: Seat = {
      state: createLive<SignalState>({ status: 'admitted' }),
      roster: createLive<ReadonlyMap<PeerId, RosterEntry>>(new Map()),
      relay: createLive(relays),
      hear({ from, data }) {
        events.emit('signal', from, data)
      },
      hearParcel({ from, payload }) {
        events.emit('relay', from, payload, now())
      },
    }
    seats.set(id, seat)
    tellRosters()
    const nothing = (): void => undefined
    return {
      id,
      ...seat,
      self: createLive<PeerId | undefined>(id),
      page: createPageName(Date.now()),
      iceServers: createLive([]),
      inactivityTimeoutMs: createLive(300_000),
      ...plainStanding(),
      canSignal: (to) => isThere && seats.has(to),
      sendSignal(to, data) {
        if (isThere) hub.onLetter({ from: id, to, data })
        return isThere
      },
      onSignal: (listener) => events.on('signal', listener),
      sendRelay(to, urgency, payload) {
        if (isThere && relays) hub.onParcel({ from: id, to, urgency, payload })
        return isThere && relays
      },
      relayBufferedBytes: () => 0,
      onRelay: (listener) => events.on('relay', listener),
      onGone: () => nothing,
      reportLink: nothing,
      suspect: nothing,
      setSealed: nothing,
      reportActive: nothing,
      rejoin: nothing,
      leave: nothing,
      close: nothing,
    }
  }

  return hub
}
