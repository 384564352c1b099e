import type { PeerId, RoomId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'
import { type HostWord, nextNameOf, type Obedience, obeyHost } from '../obedience.ts'
import { MAX_NAMES, type RoomState, type SeatState } from '../room-state.ts'
import type { Comer, Seat, Taker } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { Branch, BranchContext } from './branch-types.ts'
import type { Claim, InstanceId } from './directory.ts'
import { createEdge, type Edge, PATIENCE_MS } from './edge.ts'
import { createGhosts } from './ghosts.ts'
import { createHome, type Home } from './home.ts'
import { leftOf, parseLeft } from './left.ts'
import { createMemberSeat } from './member-seat.ts'
import { holdBack, type Member, type Waiting } from './member.ts'
import { tellDifference } from './mirror.ts'
import { isForHome, tellHome } from './for-home.ts'
import { within } from './within.ts'

const SEEK_EVERY_MS = 500
const TRIES = 2
/** A room in which nobody took a seat is forgotten after so long. */
const IDLE_MS = 5_000
const NOBODY: RoomState['seats'] = []

export function createBranch(first: RoomId, context: BranchContext): Branch {
  const { directory, clock, settings, here } = context
  const members = new Map<PeerId, Member>()
  const guests = new Map<PeerId, Waiting>()
  const owners = new WeakMap<Seat, Member>()
  const ghosts = createGhosts(clock)
  const openedMs = clock.nowMs()
  let names: readonly RoomId[] = [first]
  let home: Home | undefined
  let edge: Edge | undefined
  let isLeased = false
  let opening: Promise<void> | undefined
  let isSeeking = false
  let isToSeek = false
  let soughtMs = -Infinity

  const nameNow = (): RoomId => names.at(-1) ?? first

  function rename(next: readonly RoomId[]): void {
    if (next.join() === names.join()) return
    context.named(branch, names, next)
    names = next
  }

  // --- where the room is -------------------------------------------------------------------------------------------

  /** @param state what it was elsewhere, as everybody here was told */
  function beHome(state: RoomState | undefined): Home {
    edge?.end()
    edge = undefined
    const now = createHome({
      me: directory.me,
      settings: { ...settings, serverId: state?.iss ?? context.newLife() },
      names: () => names,
      post: context.post,
      outletTo: context.outletTo,
      members,
      ghosts,
      onChanged() {
        context.keepSoon(branch)
      },
      obey: (seat, word) => obeyHere(now, seat, word),
    })
    home = now
    if (state !== undefined) {
      now.room.merge(state, takerHere, true)
      tellDifference(state, now.state(), [...members.values()])
    }
    for (const waiting of guests.values()) knockHere(now, waiting)
    context.keepSoon(branch)
    return now
  }

  function takerHere(seat: SeatState): Taker | undefined {
    const member = members.get(seat.peerId)
    if (member !== undefined) {
      return {
        occupant: member.occupant,
        onSeated(taken) {
          member.seat = taken
        },
      }
    }
    // Whose socket was here is known to be gone.
    return seat.instance === directory.me ? undefined : ghosts.takerOf(seat, { seats: NOBODY })
  }

  /** @param left what former homes left behind */
  function beEdge(at: InstanceId, left: RoomState | undefined): void {
    const state = home?.state() ?? left
    home?.end()
    home = undefined
    isLeased = false
    for (const member of members.values()) member.seat = undefined
    for (const waiting of guests.values()) waiting.endKnock = undefined
    edge = createEdge(context, at, state, {
      members,
      guests,
      names: () => names,
      rename,
      seated,
      seatOf: seatFor,
      lost() {
        seek()
      },
    })
    edge.reseat()
  }

  /** Takes the room, or finds out whose it is. @param lost an instance that is known to be gone */
  function seek(lost?: InstanceId): void {
    if (isSeeking || !directory.isUp()) return
    // Else two who each take the other for the home would ask without end.
    if (lost === undefined && clock.nowMs() - soughtMs < SEEK_EVERY_MS) {
      isToSeek = true
      return
    }
    isSeeking = true
    isToSeek = false
    soughtMs = clock.nowMs()
    directory.claim(nameNow(), lost).then(
      (claim) => {
        isSeeking = false
        found(claim)
      },
      () => {
        isSeeking = false
      },
    )
  }

  function found(claim: Claim): void {
    const left = parseLeft(claim.left)
    if (left !== undefined && 'movedTo' in left) {
      rename([...names, left.movedTo])
      seek()
      return
    }
    const state = left?.state
    if (claim.home !== directory.me) {
      if (left !== undefined && names.length < left.names.length) rename(left.names)
      if (edge === undefined) beEdge(claim.home, state)
      else edge.moveTo(claim.home)
      return
    }
    isLeased = true
    if (home === undefined) {
      if (left !== undefined) rename(left.names)
      beHome(edge?.state() ?? state)
    } else if (state !== undefined && state.iss !== home.state().iss) {
      home.room.merge(state, (seat) => ghosts.takerOf(seat, home?.state() ?? state), false)
    }
    context.keepSoon(branch)
  }

  async function find(): Promise<void> {
    if (edge === undefined) {
      const claim = directory.claim(nameNow())
      const answer = await within(claim, PATIENCE_MS, clock)
      // Served at once by what is here; as soon as there is an answer the two become one.
      if (answer === undefined) claim.then(found, () => undefined)
      else found(answer)
    }
    const isFresh =
      edge === undefined || (await within(edge.look(), PATIENCE_MS, clock)) !== undefined
    if (home !== undefined) return
    const known = edge?.state()
    if (known === undefined) beHome(undefined)
    else if (!isFresh && !directory.isUp()) beHome(known)
  }

  // --- who is in it ------------------------------------------------------------------------------------------------

  const createMember = (comer: Comer, sit = context.nextSit()): Member => ({
    peerId: comer.peerId,
    sit,
    satMs: directory.nowMs(),
    occupant: comer.occupant,
    seat: undefined,
  })

  function seated(member: Member): void {
    members.set(member.peerId, member)
    here.set(member.peerId, member)
  }

  function seatFor(member: Member): Seat {
    const seat = createMemberSeat(member, {
      isMine: (each) => members.get(each.peerId) === each,
      mirror: () => edge?.mirror(),
      say(each, word) {
        edge?.say(each, word)
      },
      pass: (to, message) => edge?.pass(to, message) ?? false,
      outletOf: (to) => edge?.outletOf(to),
      gone,
    })
    owners.set(seat, member)
    return seat
  }

  function gone(member: Member, how: 'vacate' | 'leave'): void {
    const isMine = members.get(member.peerId) === member
    if (isMine) members.delete(member.peerId)
    if (here.get(member.peerId) === member) here.delete(member.peerId)
    const isSentAway = how === 'vacate' && context.isStopping()
    if (member.seat !== undefined) {
      // Who is sent away comes back to another instance, which is told of them as if they were still here.
      if (!isSentAway) member.seat[how]()
    } else if (isMine) edge?.say(member, { type: isSentAway ? 'sent-away' : how })
  }

  function joinHere(room: Home, comer: Comer): Entry {
    const entry = room.room.join(comer)
    if (typeof entry !== 'object') return entry
    const member = createMember(comer)
    member.seat = entry
    seated(member)
    return seatFor(member)
  }

  function joinSoon(comer: Comer): Promise<Entry> {
    const { occupant, welcomed } = holdBack(comer)
    const early = { ...comer, occupant }
    const enter = async (tries: number): Promise<Entry> => {
      if (edge === undefined) await branch.open()
      const entry = await edge?.join(createMember(early), early)
      if (entry !== undefined) return entry
      // The home has moved meanwhile, or is silent and nothing is known of the room.
      if (home === undefined && tries > 0) return enter(tries - 1)
      return joinHere(home ?? beHome(edge?.state()), early)
    }
    return enter(TRIES).finally(() => {
      // Once whoever waited for this has said welcome.
      setImmediate(welcomed)
    })
  }

  function knockHere(room: Home, waiting: Waiting): Undo | undefined {
    const { guest } = waiting
    waiting.endKnock = room.room.knock({
      ...guest,
      onSeated(seat) {
        guests.delete(guest.peerId)
        const member = createMember(guest, waiting.sit)
        member.seat = seat
        seated(member)
        guest.onSeated(seatFor(member))
      },
      turnAway(verdict) {
        guests.delete(guest.peerId)
        guest.turnAway(verdict)
      },
    })
    return waiting.endKnock
  }

  // --- what hosts say ----------------------------------------------------------------------------------------------

  async function move(room: Home, seat: Seat, word: HostWord, next: RoomId): Promise<Obedience> {
    if (context.isKnown(next)) return 'bad-message'
    if (directory.isUp()) {
      const claim = await directory.claim(next).catch(() => undefined)
      if (claim !== undefined && (claim.home !== directory.me || claim.left !== '')) {
        return 'bad-message'
      }
    }
    if (room !== home) return 'no-such-peer'
    return obeyHost(
      {
        isKnown: () => false,
        move() {
          rename([...names, next].slice(-MAX_NAMES))
          room.room.restand()
          room.renamed()
        },
      },
      nameNow(),
      seat,
      word,
    )
  }

  function obeyHere(room: Home, seat: Seat, word: HostWord): Obedience | Promise<Obedience> {
    const next = nextNameOf(word)
    if (next !== undefined) return move(room, seat, word, next)
    const noNames = { isKnown: () => false, move: () => undefined }
    return obeyHost(noNames, nameNow(), seat, word)
  }

  const branch: Branch = {
    names: () => names,
    open() {
      if (opening !== undefined) return opening
      if (home !== undefined || (edge !== undefined && members.size > 0)) return undefined
      if (!directory.isUp()) {
        beHome(edge?.state())
        return undefined
      }
      opening = find().finally(() => {
        opening = undefined
      })
      return opening
    },
    join: (comer) =>
      home === undefined || opening !== undefined ? joinSoon(comer) : joinHere(home, comer),
    knock(guest) {
      const { peerId } = guest
      const known = edge?.sitOf(peerId)
      const { sit, satMs } = known ?? createMember(guest)
      const waiting: Waiting = { guest, sit, satMs, endKnock: undefined }
      guests.get(peerId)?.guest.turnAway('replaced')
      guests.set(peerId, waiting)
      if (home !== undefined && knockHere(home, waiting) === undefined) {
        guests.delete(peerId)
        return undefined
      }
      return () => {
        if (guests.get(peerId) === waiting) guests.delete(peerId)
        waiting.endKnock?.()
        edge?.unknock(sit)
      }
    },
    holds: (peerId) => home?.room.holds(peerId) ?? edge?.mirror()?.seats.has(peerId) ?? false,
    obey(seat, word) {
      const member = owners.get(seat)
      if (home !== undefined) return obeyHere(home, seat, word)
      if (member !== undefined) edge?.say(member, word)
      return undefined
    },
    onPacket(from, packet) {
      if (home !== undefined) tellHome(home, from, packet)
      else if (isForHome(packet)) context.post.send(from, { type: 'not-home', room: packet.room })
      else edge?.onPacket(from, packet)
    },
    tick() {
      edge?.tick()
      ghosts.look(!directory.isUp())
      if (isToSeek || (home !== undefined && !isLeased)) seek()
    },
    onUp(isUp) {
      if (isUp) {
        if (home !== undefined && !isLeased) seek()
      } else if (edge !== undefined) {
        if (members.size + guests.size > 0) beHome(edge.state())
      }
    },
    isLeased: () => isLeased,
    lapsed({ name, home: at }) {
      if (at === undefined) context.keepSoon(branch)
      else if (name === nameNow()) beEdge(at, undefined)
      // Another room has this name by now.
      else rename(names.filter((each) => each !== name))
    },
    lose(instance) {
      home?.lose(instance)
      if (edge?.home() === instance) seek(instance)
    },
    instances: () => home?.instances() ?? (edge === undefined ? [] : [edge.home()]),
    people: () => members.size,
    isIdle() {
      const isEmpty = members.size + guests.size === 0 && clock.nowMs() - openedMs >= IDLE_MS
      const isDone = home === undefined || home.room.state().seats.length === 0
      return isEmpty && opening === undefined && isDone && (home?.instances() ?? []).length === 0
    },
    async keep() {
      if (home === undefined || !isLeased) return
      const all = leftOf(names, home.state())
      await Promise.all(all.map(([name, left]) => directory.keep(name, left)))
    },
    async end(forgets) {
      const wasLeased = isLeased
      if (wasLeased && !forgets) await branch.keep().catch(() => undefined)
      isLeased = false
      // Freed first, so that those who are told to look for it find it free.
      const frees = wasLeased ? names.map((name) => directory.release(name, forgets)) : []
      await Promise.allSettled(frees)
      home?.end()
    },
  }
  return branch
}
