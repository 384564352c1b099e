import type { PeerId, RoomId } from '@beatcord/shared'
import type { RoomState } from '../room-state.ts'
import type { Comer } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { BranchContext } from './branch-types.ts'
import type { InstanceId } from './directory.ts'
import type { Member } from './member.ts'
import { createMirror, seatToEntry, tellDifference } from './mirror.ts'
import type { PacketOf } from './packets.ts'
import { admitByMirror, pastOf, pastToWire } from './by-mirror.ts'
import { createDeeds } from './deeds.ts'
import type { Edge, EdgePeople } from './edge-types.ts'
import { within } from './within.ts'

/** So long it waits for the home: a join is served within twice as much, whatever becomes of others. */
export const PATIENCE_MS = 40
const LOOK_EVERY_MS = 5_000
/** A home that has not answered for so long may be gone. */
const SILENT_MS = 7_000
/** Not more often, whatever is said meanwhile. */
const RESEAT_EVERY_MS = 1_000

/** @param state  what everybody here was told; undefined when nobody was */
export function createEdge(
  context: Pick<BranchContext, 'directory' | 'post' | 'clock' | 'settings' | 'outletTo'>,
  at: InstanceId,
  state: RoomState | undefined,
  people: EdgePeople,
): Edge {
  const { directory, post, clock } = context
  const { members, guests, names } = people
  const deeds = createDeeds(people)
  const joins = new Map<number, (outcome: PacketOf<'joined'>['outcome'] | 'ended') => void>()
  const knocking = new Map<PeerId, Member>()
  const lookers = new Set<() => void>()
  let home = at
  let mirror = state === undefined ? undefined : createMirror(state)
  let sequence = -1
  let heardMs = clock.nowMs()
  let lookedMs = clock.nowMs()
  let reseatMs = -Infinity
  let hasEnded = false

  const nameNow = (): RoomId => names().at(-1) as RoomId
  const isAnybodyHere = (): boolean => members.size + guests.size > 0
  function askToLook(): void {
    lookedMs = clock.nowMs()
    const sits = [...members.values(), ...guests.values()].map(({ sit }) => sit)
    post.send(home, { type: 'look', room: nameNow(), sequence, sits })
  }

  function reseat(): void {
    const known = mirror?.state()
    if (known === undefined || !isAnybodyHere()) return
    reseatMs = clock.nowMs()
    post.send(home, {
      type: 'reseat',
      room: nameNow(),
      state: known,
      members: [...members.values()].map(({ peerId, sit, satMs }) => ({ peerId, sit, satMs })),
      guests: [...guests.values()].map(({ sit, guest: { peerId, sealed } }) => ({
        peerId,
        sit,
        sealed,
      })),
    })
  }

  function reseatSoon(): void {
    if (clock.nowMs() - reseatMs >= RESEAT_EVERY_MS) reseat()
  }

  // What the home says.

  function onMirror(packet: PacketOf<'mirror'>): void {
    const old = mirror
    mirror = createMirror(packet.state)
    ;({ sequence } = packet)
    people.rename(packet.names)
    const unknown = [...members.values()].filter((member) => !isKnownHere(member))
    // Who sits here and is not known to the home yet has not gone.
    const seats = unknown.flatMap(({ peerId }) => old?.seats.get(peerId) ?? [])
    mirror.apply({ seats, gone: [] })
    if (old !== undefined) tellDifference(old.state(), mirror.state(), [...members.values()])
    if (unknown.length > 0) reseatSoon()
  }

  const isKnownHere = ({ peerId }: Member): boolean => {
    const seat = mirror?.seats.get(peerId)
    return seat?.isHere === true && seat.instance === directory.me
  }

  function onSeen(isSame: boolean): void {
    for (const looked of lookers) looked()
    lookers.clear()
    if (!isSame) reseatSoon()
  }

  function onNews(packet: PacketOf<'news'>): void {
    // Before the first image there is none to be behind.
    const isGap = sequence >= 0 && packet.sequence !== sequence + 1
    if (sequence >= 0) ({ sequence } = packet)
    if (packet.names !== undefined) people.rename(packet.names)
    mirror?.apply(packet)
    for (const deed of packet.deeds) deeds.obey(deed)
    if (!isGap) return
    // It sends all that there is to who is behind.
    sequence = -1
    askToLook()
  }

  /** What became of somebody who asked for a seat. */
  function entered(member: Member, outcome: PacketOf<'joined'>['outcome']): Entry {
    if (outcome === 'knock') knocking.set(member.peerId, member)
    if (outcome !== 'seat') return outcome
    deeds.sitDown(member)
    return people.seatOf(member)
  }

  /** The home is silent: whoever may come in by what is known here does, and the home is told as soon as it hears. */
  function enterByMirror(member: Member, comer: Comer): Entry | undefined {
    if (mirror === undefined) return undefined
    const seat = admitByMirror(mirror, comer, {
      cap: context.settings.cap,
      nowSeconds: Math.floor(clock.wallMs() / 1000),
      instance: directory.me,
    })
    if (typeof seat === 'string') return entered(member, seat)
    const old = mirror.seats.get(comer.peerId)
    mirror.apply({ seats: [seat], gone: [] })
    const type = old === undefined ? 'peer-joined' : 'peer-changed'
    for (const other of members.values()) {
      if (other.peerId !== comer.peerId) other.occupant.tell({ type, peer: seatToEntry(seat) })
    }
    const entry = entered(member, 'seat')
    reseat()
    return entry
  }

  function look(): Promise<true> {
    askToLook()
    return new Promise((resolve) => {
      lookers.add(() => {
        resolve(true)
      })
    })
  }

  return {
    home: () => home,
    mirror: () => mirror,
    state: () => mirror?.state(),
    moveTo(next) {
      home = next
      heardMs = clock.nowMs()
      sequence = -1
      reseat()
    },
    look,
    async join(member, comer) {
      const { peerId, sit, satMs } = member
      const past = mirror === undefined ? comer.past : pastOf(mirror, comer)
      const { sealed } = comer
      post.send(home, {
        type: 'join',
        room: nameNow(),
        sit,
        satMs,
        peerId,
        sealed,
        ...(past === undefined ? {} : { past: pastToWire(past) }),
      })
      const answered = new Promise<PacketOf<'joined'>['outcome'] | 'ended'>((resolve) => {
        joins.set(sit, resolve)
      })
      const outcome = await within(answered, PATIENCE_MS, clock)
      joins.delete(sit)
      if (outcome === 'ended' || hasEnded) return undefined
      return outcome === undefined ? enterByMirror(member, comer) : entered(member, outcome)
    },
    sitOf: (peerId) => knocking.get(peerId),
    unknock(sit) {
      post.send(home, { type: 'unknock', room: nameNow(), sit })
    },
    say({ sit }, word) {
      post.send(home, { type: 'say', room: nameNow(), sit, word })
    },
    pass(to, message) {
      const seat = mirror?.seats.get(to)
      if (seat?.isHere !== true || seat.instance === undefined) return false
      if (seat.instance !== directory.me) {
        post.send(seat.instance, { ...message, to })
        return true
      }
      const receiver = members.get(to)
      receiver?.occupant.tell(message)
      return receiver !== undefined
    },
    outletOf(to) {
      const seat = mirror?.seats.get(to)
      if (seat?.isHere !== true || seat.instance === undefined) return undefined
      if (seat.instance === directory.me) return members.get(to)?.occupant.outlet
      return context.outletTo(seat.instance, to)
    },
    reseat,
    onPacket(from, packet) {
      if (from !== home) return
      heardMs = clock.nowMs()
      if (packet.type === 'mirror') onMirror(packet)
      else if (packet.type === 'news') onNews(packet)
      else if (packet.type === 'joined') joins.get(packet.sit)?.(packet.outcome)
      else if (packet.type === 'not-home') people.lost()
      else if (packet.type === 'seen') onSeen(packet.isSame)
    },
    tick() {
      if (!isAnybodyHere()) return
      const nowMs = clock.nowMs()
      if (nowMs - lookedMs >= LOOK_EVERY_MS) askToLook()
      if (nowMs - heardMs >= SILENT_MS) people.lost()
    },
    end() {
      hasEnded = true
      for (const ended of joins.values()) ended('ended')
    },
  }
}
