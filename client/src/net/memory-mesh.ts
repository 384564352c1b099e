import type { PeerId } from '@beatcord/shared'
import { assert } from '../lib/assert.ts'
import { createEvents } from '../lib/events.ts'
import type { Events } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import type { LiveSource } from '../lib/live.ts'
import { withSentMs } from './clock-stamp.ts'
import { assertFits } from './lanes.ts'
import type { Lane, LinkChange, LinkState, Mesh } from './mesh.ts'

/** A message on its way. */
export interface MemoryPacket {
  readonly from: PeerId
  readonly to: PeerId
  readonly lane: Lane
  readonly bytes: Uint8Array
}

/** That `by` wanted no more of `peer`. */
export interface MemoryCut {
  readonly by: PeerId
  readonly peer: PeerId
  readonly code: string
}

/** Meshes that meet in memory. Nothing arrives unless it is delivered, in the order the test wants. */
export interface MemoryMeshes {
  /**
   * Links up at once with everyone who has joined and is not partitioned from the newcomer.
   *
   * @param ownNow the peer's own clock, where it is not everybody's
   */
  join(self: PeerId, ownNow?: () => number): Mesh
  /** What is on its way, oldest first. */
  packets(): readonly MemoryPacket[]
  /** Delivers one packet. @returns false when there is none */
  deliver(index?: number): boolean
  /** Delivers until nothing is on its way, answers included. @param pick which of `count` packets is next */
  deliverAll(pick?: (count: number) => number): void
  /** Loses a packet of the live or clock lane. @throws RangeError for the doc lane, which loses nothing */
  drop(index: number): void
  /** Lets a packet of the live or clock lane arrive once more. @throws RangeError for the doc lane */
  repeat(index: number): void
  /** Cuts the link between two and loses what is on its way there. */
  partition(a: PeerId, b: PeerId): void
  heal(a: PeerId, b: PeerId): void
  /** Who was cut off, in order. */
  cuts(): readonly MemoryCut[]
}

type MeshEvents = Events<
  { peer: [PeerId, LinkChange] } & Record<Lane, [PeerId, Uint8Array, number]>
>

interface Tab {
  readonly self: PeerId
  readonly page: string
  readonly links: LiveSource<ReadonlyMap<PeerId, LinkState>>
  readonly events: MeshEvents
  now(): number
}

/** @param now monotonic milliseconds; the moment a packet is delivered */
export function createMemoryMeshes(now: () => number = () => 0): MemoryMeshes {
  const tabs = new Map<PeerId, Tab>()
  const apart = new Set<string>()
  const packets: MemoryPacket[] = []
  const cuts: MemoryCut[] = []
  let pages = 0

  function setLink(tab: Tab, peer: PeerId, status: 'open' | 'connecting' | undefined): void {
    const links = new Map(tab.links.read())
    const before = links.get(peer)?.status
    if (before === status) return
    if (status === undefined) links.delete(peer)
    else links.set(peer, { status })
    tab.links.set(links)
    if (status === 'open') tab.events.emit('peer', peer, 'open')
    else if (before === 'open') tab.events.emit('peer', peer, 'closed')
  }

  function connect(a: Tab, b: Tab): void {
    if (a === b) return
    const status = apart.has(pairKey(a.self, b.self)) ? 'connecting' : 'open'
    setLink(a, b.self, status)
    setLink(b, a.self, status)
  }

  function disconnect(a: PeerId, b: PeerId, status: 'connecting' | undefined): void {
    for (const packet of [...packets]) {
      if (pairKey(packet.from, packet.to) === pairKey(a, b))
        packets.splice(packets.indexOf(packet), 1)
    }
    const [tabA, tabB] = [tabs.get(a), tabs.get(b)]
    if (tabA !== undefined && tabB !== undefined) {
      setLink(tabA, b, status)
      setLink(tabB, a, status)
    }
  }

  function partition(a: PeerId, b: PeerId): void {
    apart.add(pairKey(a, b))
    disconnect(a, b, 'connecting')
  }

  function deliver(index = 0): boolean {
    const [packet] = packets.splice(index, 1)
    if (packet === undefined) return false
    const tab = tabs.get(packet.to)
    tab?.events.emit(packet.lane, packet.from, packet.bytes, tab.now())
    return true
  }

  function lossy(index: number): MemoryPacket {
    const packet = packets[index]
    assert(
      packet !== undefined,
      `a packet to lose or repeat must be on its way, got ${String(index)}`,
    )
    assert(packet.lane !== 'doc', 'the doc lane neither loses nor repeats, got a doc packet')
    return packet
  }

  function join(self: PeerId, ownNow = now): Mesh {
    assert(!tabs.has(self), `a peer joins once, got ${self} again`)
    const tab: Tab = {
      self,
      page: `page ${String((pages += 1))}`,
      links: createLive<ReadonlyMap<PeerId, LinkState>>(new Map()),
      events: createEvents(),
      now: ownNow,
    }
    tabs.set(self, tab)
    for (const other of tabs.values()) connect(tab, other)

    function send(to: PeerId, lane: Lane, bytes: Uint8Array): boolean {
      assertFits(lane, bytes)
      if (!isOpen(tab, to)) return false
      const said = lane === 'clock' ? withSentMs(bytes, tab.now()) : bytes.slice()
      packets.push({ from: self, to, lane, bytes: said })
      return true
    }

    return {
      links: tab.links,
      self: () => ({ peer: self, page: tab.page }),
      pageOf: (peer) => (isOpen(tab, peer) ? tabs.get(peer)?.page : undefined),
      // Everyone's word on whom they reach is always fresh here.
      reachOf(peer) {
        const other = isOpen(tab, peer) ? tabs.get(peer) : undefined
        return other && new Set(openOf(other))
      },
      peers: () => openOf(tab),
      send,
      broadcast(lane, bytes) {
        assertFits(lane, bytes)
        for (const peer of openOf(tab)) send(peer, lane, bytes)
      },
      onBytes: (lane, listener) => tab.events.on(lane, listener),
      onPeer: (listener) => tab.events.on('peer', listener),
      cutOff(peer, code) {
        cuts.push({ by: self, peer, code })
        partition(self, peer)
        setLink(tab, peer, undefined)
      },
      close() {
        for (const peer of tab.links.read().keys()) disconnect(self, peer, undefined)
        tabs.delete(self)
      },
    }
  }

  return {
    join,
    packets: () => packets,
    deliver,
    deliverAll(pick = () => 0) {
      while (packets.length > 0) deliver(pick(packets.length))
    },
    drop(index) {
      packets.splice(packets.indexOf(lossy(index)), 1)
    },
    repeat(index) {
      packets.push(lossy(index))
    },
    partition,
    cuts: () => cuts,
    heal(a, b) {
      apart.delete(pairKey(a, b))
      const [tabA, tabB] = [tabs.get(a), tabs.get(b)]
      if (tabA !== undefined && tabB !== undefined) connect(tabA, tabB)
    },
  }
}

const isOpen = (tab: Tab, peer: PeerId): boolean => tab.links.read().get(peer)?.status === 'open'

const openOf = (tab: Tab): readonly PeerId[] =>
  [...tab.links.read().keys()].filter((peer) => isOpen(tab, peer))

const pairKey = (a: PeerId, b: PeerId): string => [a, b].sort().join(' ')
