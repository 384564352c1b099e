import { randomUUID } from 'node:crypto'
import type { PeerId, RoomId } from '@beatcord/shared'
import type { Clock, Undo } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Rooms } from '../rooms.ts'
import { createBranch } from './branch.ts'
import type { Branch, BranchContext } from './branch-types.ts'
import { createDeaf } from './deaf.ts'
import type { Directory, InstanceId } from './directory.ts'
import { isForHome } from './for-home.ts'
import type { HomeSettings } from './home-types.ts'
import type { Member } from './member.ts'
import type { Packet } from './packets.ts'
import { createPost, type PacketDrop } from './post.ts'
import { createRemoteRelay } from './remote-relay.ts'

export interface SharedRoomsOptions {
  readonly directory: Directory
  readonly clock: Clock
  readonly log: Log
  readonly settings: Omit<HomeSettings, 'serverId'>
  readonly onPacketDropped: (why: PacketDrop) => void
}

const LOOK_EVERY_MS = 1_000
const RENEW_EVERY_MS = 5_000
/** What is left behind is written together with what changes within so long. */
const KEEP_AFTER_MS = 100
/** One of which nothing is heard for so long is gone: it asks each of its homes every 5 s. */
const SILENT_MS = 12_000
/** So many wait at the directory for what is left behind to be written. */
const KEEPS_AT_ONCE = 100

/** All rooms of one of several instances that serve one address: each at home at one of them. */
export function createSharedRooms(options: SharedRoomsOptions): Rooms {
  const { directory, clock, log, settings } = options
  const branches = new Map<RoomId, Branch>()
  const all = new Set<Branch>()
  const here = new Map<PeerId, Member>()
  const heardMs = new Map<InstanceId, number>()
  const deaf = createDeaf(directory, clock, lose)
  const toKeep = new Set<Branch>()
  let upMs = clock.nowMs()
  let renewedMs = clock.nowMs()
  let sits = 0
  let isStopping = false
  let isRenewing = false
  let endKeep: Undo | undefined

  const post = createPost({
    directory,
    log,
    onPacket: hear,
    onBytes: (bytes) => {
      relay.onBytes(bytes)
    },
    onDropped: options.onPacketDropped,
    onDeaf: deaf.suspect,
  })
  const relay = createRemoteRelay({
    directory,
    post,
    clock,
    outletHere: (peer) => here.get(peer)?.occupant.outlet,
  })

  const context: BranchContext = {
    directory,
    post,
    clock,
    settings: { ...settings, serverId: '' },
    here,
    outletTo: relay.outletTo,
    nextSit: () => (sits += 1),
    newLife: randomUUID,
    named(branch, before, names) {
      for (const name of before) if (branches.get(name) === branch) branches.delete(name)
      for (const name of names) if (!branches.has(name)) branches.set(name, branch)
    },
    isKnown: (name) => branches.has(name),
    keepSoon(branch) {
      toKeep.add(branch)
      endKeep ??= clock.after(KEEP_AFTER_MS, keep)
    },
    isStopping: () => isStopping,
  }

  function branchOf(name: RoomId): Branch {
    const known = branches.get(name)
    if (known !== undefined) return known
    const branch = createBranch(name, context)
    branches.set(name, branch)
    all.add(branch)
    return branch
  }

  function forget(branch: Branch): void {
    all.delete(branch)
    toKeep.delete(branch)
    for (const name of branch.names()) if (branches.get(name) === branch) branches.delete(name)
    void branch.end(true)
  }

  // --- what comes ------------------------------------------------------------------------------------------------

  function hear(from: InstanceId, packet: Packet): void {
    heardMs.set(from, clock.nowMs())
    deaf.heard(from)
    switch (packet.type) {
      case 'taken':
        relay.onTaken(packet.to, packet.bytes)
        return
      case 'signal': {
        const { type, from: sender, data } = packet
        here.get(packet.to)?.occupant.tell({ type, from: sender, data })
        return
      }
      default:
        hearOfRoom(from, packet)
    }
  }

  function hearOfRoom(from: InstanceId, packet: Packet & { readonly room: RoomId }): void {
    // It may have another name since we heard of it.
    const names = 'names' in packet ? (packet.names ?? []) : []
    const known = [packet.room, ...names].map((name) => branches.get(name)).find(isBranch)
    if (known !== undefined) known.onPacket(from, packet)
    else if (isForHome(packet) && isStopping) {
      // It would take the room, and let it lie.
      post.send(from, { type: 'not-home', room: packet.room })
    } else if (isForHome(packet)) {
      // Who takes us for its home may be right: we have forgotten it, or only begin.
      const branch = branchOf(packet.room)
      const opening = branch.open() ?? Promise.resolve()
      void opening.then(() => {
        branch.onPacket(from, packet)
      })
    }
  }

  function lose(instance: InstanceId): void {
    heardMs.delete(instance)
    for (const branch of all) branch.lose(instance)
  }

  // --- what is due -----------------------------------------------------------------------------------------------

  let endLook = clock.after(LOOK_EVERY_MS, look)

  function look(): void {
    endLook = clock.after(LOOK_EVERY_MS, look)
    for (const branch of [...all]) {
      branch.tick()
      if (branch.isIdle()) forget(branch)
    }
    if (!directory.isUp()) return
    if (clock.nowMs() - renewedMs >= RENEW_EVERY_MS) renew()
    if (clock.nowMs() - upMs >= SILENT_MS) loseTheSilent()
  }

  function loseTheSilent(): void {
    const silent = new Set<InstanceId>()
    for (const branch of all) {
      for (const instance of branch.instances()) {
        if (clock.nowMs() - (heardMs.get(instance) ?? upMs) >= SILENT_MS) silent.add(instance)
      }
    }
    for (const instance of silent) lose(instance)
  }

  function renew(): void {
    if (isRenewing) return
    isRenewing = true
    renewedMs = clock.nowMs()
    const leased = [...all].filter((branch) => branch.isLeased())
    directory
      .renew(leased.flatMap((branch) => branch.names()))
      .then(
        (lapses) => {
          for (const lapse of lapses) branches.get(lapse.name)?.lapsed(lapse)
        },
        () => undefined,
      )
      .finally(() => {
        isRenewing = false
      })
  }

  function keep(): void {
    endKeep = undefined
    const some = [...toKeep].slice(0, KEEPS_AT_ONCE)
    for (const branch of some) toKeep.delete(branch)
    // What is not kept now is kept with the next change, or the next renewal finds it missing.
    void Promise.allSettled(some.map((branch) => branch.keep())).then(() => {
      if (toKeep.size > 0 && !isStopping) endKeep ??= clock.after(0, keep)
    })
  }

  const endUp = directory.onUp((isUp) => {
    if (isUp) upMs = clock.nowMs()
    else relay.reset()
    for (const branch of [...all]) branch.onUp(isUp)
    if (isUp) renew()
  })

  return {
    open: (name) => branchOf(name).open(),
    join(name, comer) {
      const branch = branchOf(name)
      return branch.names().at(-1) === name ? branch.join(comer) : 'moved'
    },
    knock: (name, guest) => branches.get(name)?.knock(guest),
    holds: (name, peerId) => branches.get(name)?.holds(peerId) ?? false,
    roleOf: (name, peerId) => branches.get(name)?.roleOf(peerId),
    namesOf: (name) => branches.get(name)?.names() ?? [name],
    nameNow: (name) => branches.get(name)?.names().at(-1) ?? name,
    obey: (name, seat, word) => branches.get(name)?.obey(seat, word),
    hush() {
      isStopping = true
    },
    counts() {
      const counts = [...all].map((branch) => branch.people())
      return {
        peers: counts.reduce((sum, count) => sum + count, 0),
        rooms: counts.filter((count) => count > 0).length,
      }
    },
    async close() {
      isStopping = true
      endLook()
      endKeep?.()
      endUp()
      deaf.end()
      await Promise.allSettled([...all].map((branch) => branch.end(false)))
      post.flush()
      all.clear()
      branches.clear()
      await directory.close()
    },
  }
}

const isBranch = (branch: Branch | undefined): branch is Branch => branch !== undefined
