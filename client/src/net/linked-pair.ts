import { createFakeRelays } from './fake-relays.ts'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'
import { createFakeWires } from './fake-wires.ts'
import type { FakeWire, FakeWires } from './fake-wires.ts'
import { createPeerLink } from './peer-link.ts'
import type { PeerLink } from './peer-link-types.ts'
import type { PeerSignal } from './peer-signal.ts'
import { createSlots } from './slots.ts'

/** What carries signals, connections and relayed bytes; each can be switched off. */
export interface World {
  server: boolean
  network: boolean
  /** Needs the server too. */
  relay: boolean
  /** How long ana's machine makes an offer. */
  makesOfferMs: number
  /** How long a signal is under way. */
  signalMs: number
  /** People in the room besides oneself. */
  others: number
}

/** One end of the link and all it did. */
export interface End {
  readonly link: PeerLink
  readonly wires: FakeWires
  /** Status changes, and what becomes of the link, in order. */
  readonly told: string[]
  readonly said: PeerSignal[]
}

/** Two ends between which stand a server and a network that can be switched off. */
export interface LinkedPair {
  /** Offers. */
  readonly ana: End
  /** Answers. */
  readonly bo: End
  readonly timers: FakeTimers
  readonly world: World
}

const PAGES = { ana: 'page-of-ana-1', bo: 'page-of-bo-1' }

/** Links ana and bo over fake wires; a signal takes 10 ms, a frame 5, and 15 through the server if it relays at all. */
export function createLinkedPair(relay = false, given: Partial<World> = {}): LinkedPair {
  const timers = createFakeTimers()
  const world = {
    server: true,
    network: true,
    relay,
    makesOfferMs: 0,
    signalMs: 10,
    others: 1,
    ...given,
  }
  const relays = createFakeRelays(timers, () => world.server && world.relay)
  const ends: Partial<Record<'ana' | 'bo', End>> = {}

  function end(name: 'ana' | 'bo', other: 'ana' | 'bo'): End {
    const told: string[] = []
    const said: PeerSignal[] = []
    const deliver = (from: FakeWire, lane: 'doc' | 'live' | 'clock', frame: Uint8Array): void => {
      const to = ends[other]?.wires.made.at(-1)
      timers.after(5, () => {
        if (!world.network || from.isClosed() || to === undefined || to.isClosed()) return
        to.events.onFrame(lane, frame, timers.now())
      })
    }
    const wires = createFakeWires(
      timers,
      () => world.network,
      deliver,
      () => world.makesOfferMs,
    )
    let attempts = 0
    const link = createPeerLink({
      offers: name === 'ana',
      page: PAGES[name],
      others: () => world.others,
      nextAttempt: () => (attempts += 1),
      createWire: wires.createWire,
      createRelay: (events) => relays.createRelay(name, () => PAGES[other], events),
      timers,
      random: () => 0.5,
      slots: createSlots(8),
      canSignal: () => world.server,
      hasServer: () => world.server,
      sendSignal(signal) {
        said.push(signal)
        timers.after(world.signalMs, () => {
          if (world.server) ends[other]?.link.signal(signal)
        })
      },
      onChange: ({ status }) => told.push(status),
      onLink: (change) => told.push(`(${change})`),
      onControl: ({ kind }) => told.push(kind),
      onReachable: (isReachable) => told.push(isReachable ? 'reachable' : 'lost'),
      onBytes: (lane, bytes) => told.push(`${lane} ${String(bytes.length)}`),
      onBroke: (code) => told.push(code),
      onUnanswered: () => told.push('unanswered'),
    })
    return { link, wires, told, said }
  }

  const ana = end('ana', 'bo')
  const bo = end('bo', 'ana')
  Object.assign(ends, { ana, bo })
  return { ana, bo, timers, world }
}

export const areOpen = (...ends: readonly End[]): boolean => ends.every(({ link }) => link.isOpen())
