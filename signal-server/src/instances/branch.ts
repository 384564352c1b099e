import type { RoomId } from '@beatcord/shared'
import type { RoomState } from '../room-state.ts'
import type { Branch, BranchContext } from './branch-types.ts'
import type { Claim, InstanceId } from './directory.ts'
import type { Edge } from './edge-types.ts'
import { createEdge, PATIENCE_MS } from './edge.ts'
import { createGhosts } from './ghosts.ts'
import type { Home } from './home-types.ts'
import { createHome } from './home.ts'
import { leftOf, parseLeft } from './left.ts'
import { createJoining } from './joining.ts'
import { tellDifference } from './mirror.ts'
import { createPeople } from './people.ts'
import { createHosting } from './hosting.ts'
import { isForHome, tellHome } from './for-home.ts'
import { createSeeking } from './seeking.ts'
import { within } from './within.ts'

/** A room in which nobody took a seat is forgotten after so long. */
const IDLE_MS = 5_000

export function createBranch(first: RoomId, context: BranchContext): Branch {
  const { directory, clock, settings } = context
  const people = createPeople(context, () => edge)
  const { members, guests, seated, seatFor, joinHere, knockHere } = people
  const ghosts = createGhosts(clock)
  const openedMs = clock.nowMs()
  let names: readonly RoomId[] = [first]
  let home: Home | undefined
  let edge: Edge | undefined
  let isLeased = false
  let opening: Promise<void> | undefined
  let hasEnded = false

  const obeyHere = createHosting({ context, names: () => names, rename, home: () => home })

  const nameNow = (): RoomId => names.at(-1) ?? first

  function rename(next: readonly RoomId[]): void {
    if (next.join() === names.join()) return
    context.named(branch, names, next)
    names = next
  }

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
      now.room.merge(state, (seat) => people.takerOf(seat, ghosts), true)
      tellDifference(state, now.state(), [...members.values()])
    }
    for (const waiting of guests.values()) knockHere(now, waiting)
    context.keepSoon(branch)
    return now
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
        seeking.seek()
      },
    })
    edge.reseat()
  }

  /** What was asked before the end is not taken: nobody would look after it. */
  const hear = (claim: Claim): void => {
    if (!hasEnded) found(claim)
  }

  const seeking = createSeeking({ directory, clock, name: nameNow, found: hear })

  function found(claim: Claim): void {
    const left = parseLeft(claim.left)
    if (left !== undefined && 'movedTo' in left) {
      rename([...names, left.movedTo])
      seeking.seek()
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
      if (answer === undefined) claim.then(hear, () => undefined)
      else hear(answer)
    }
    const isFresh =
      edge === undefined || (await within(edge.look(), PATIENCE_MS, clock)) !== undefined
    if (home !== undefined) return
    const known = edge?.state()
    if (known === undefined) beHome(undefined)
    else if (!isFresh && !directory.isUp()) beHome(known)
  }

  const joinSoon = createJoining({
    open: () => branch.open(),
    home: () => home,
    edge: () => edge,
    beHome: () => beHome(edge?.state()),
    people,
  })

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
    knock: (guest) => people.knock(guest, home),
    holds: (peerId) => home?.room.holds(peerId) ?? edge?.mirror()?.seats.has(peerId) ?? false,
    roleOf(peerId) {
      if (home !== undefined) return home.room.roleOf(peerId)
      const mirror = edge?.mirror()
      return mirror && (mirror.seats.get(peerId)?.role ?? 'no-seat')
    },
    obey(seat, word) {
      const member = people.ownerOf(seat)
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
      if (seeking.isDue() || (home !== undefined && !isLeased)) seeking.seek()
    },
    onUp(isUp) {
      if (isUp) {
        if (home !== undefined && !isLeased) seeking.seek()
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
      if (edge?.home() === instance) seeking.seek(instance)
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
      // Whoever still takes this for the home would find its room empty, and all who were in it gone.
      home = undefined
      hasEnded = true
    },
  }
  return branch
}
