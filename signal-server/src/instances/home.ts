import type { PeerId, RoomId } from '@beatcord/shared'
import type { RoomState, SeatState } from '../room-state.ts'
import type { Seat, Taker } from '../room-types.ts'
import { createRoom } from '../room.ts'
import type { InstanceId } from './directory.ts'
import { createHearing } from './hearing.ts'
import type { PacketOf } from './packets.ts'
import type { Home, HomeOptions } from './home-types.ts'
import { createRemotes, type Remote } from './remotes.ts'

export function createHome(options: HomeOptions): Home {
  const { me, settings, names, post, members, ghosts } = options
  const dirty = new Set<PeerId>()
  let isOrderNew = false
  let areNamesNew = false
  let isDue = false
  let hasEnded = false

  const remotes = createRemotes({ name, post, outletTo: options.outletTo, onDue: sendSoon })
  const room = createRoom({
    ...settings,
    isHushed: () => false,
    onHere: () => undefined,
    onEmpty: sendSoon,
    onTold(message) {
      if (message === 'restand' || message.type === 'rules') isOrderNew = true
      else if (message.type === 'peer-gone') dirty.add(message.peerId)
      else if ('peer' in message) dirty.add(message.peer.peerId)
      else return
      sendSoon()
    },
  })

  function name(): RoomId {
    const latest = names().at(-1)
    if (latest === undefined) throw new Error('a room must have a name')
    return latest
  }

  function sendSoon(): void {
    if (isDue || hasEnded) return
    isDue = true
    queueMicrotask(send)
  }

  function send(): void {
    isDue = false
    if (hasEnded) return
    const { seats, ...order } = state()
    // With a new epoch there often are new roles.
    const changed = isOrderNew ? seats : seats.filter(({ peerId }) => dirty.has(peerId))
    const held = new Set(seats.map(({ peerId }) => peerId))
    const gone = [...dirty].filter((peerId) => !held.has(peerId))
    remotes.sendNews({
      seats: changed,
      gone,
      ...(isOrderNew ? { order } : {}),
      ...(areNamesNew ? { names: [...names()] } : {}),
    })
    const isNews = changed.length + gone.length > 0 || isOrderNew || areNamesNew
    dirty.clear()
    isOrderNew = areNamesNew = false
    if (isNews || seats.length === 0) options.onChanged()
  }

  function state(): RoomState {
    const { seats, ...order } = room.state()
    const here = (seat: SeatState): SeatState =>
      seat.isHere && seat.instance === undefined ? { ...seat, instance: me } : seat
    return { ...order, seats: seats.map(here) }
  }

  /** After what is new: who sits there is told that once. */
  function mirrorTo(instance: InstanceId): void {
    send()
    remotes.sendMirror(instance, [...names()], state())
  }

  function seated(remote: Remote, seat: Seat): void {
    remote.seat = seat
    remote.endKnock = undefined
  }

  /** The socket is gone: the seat waits, or its owner does so no longer. */
  function lost(remote: Remote): void {
    remote.seat?.vacate()
    remote.endKnock?.()
    remotes.drop(remote)
  }

  /** Waits outside. @returns whether there is room for that */
  function knock(remote: Remote, sealed: string, onSeated: () => void): boolean {
    const { peerId, occupant } = remote
    remote.endKnock = room.knock({
      peerId,
      sealed,
      occupant,
      onSeated(seat) {
        seated(remote, seat)
        onSeated()
      },
      turnAway: occupant.end,
    })
    return remote.endKnock !== undefined
  }

  const knockFrom = (from: InstanceId, remote: Remote, sealed: string): boolean =>
    knock(remote, sealed, () => {
      mirrorTo(from)
      remotes.push(from, { type: 'let-in', sit: remote.sit })
      tellKnocks(remote)
    })

  function tellKnocks({ seat, occupant }: Remote): void {
    for (const { peerId, sealed } of seat?.knocks() ?? []) {
      occupant.tell({ type: 'knock', peerId, sealed })
    }
  }

  /** Of two who have one seat, whoever sat down later. */
  function isLater(peerId: PeerId, satMs: number): boolean {
    const others = [members.get(peerId), ...remotes.all().filter((each) => each.peerId === peerId)]
    return others.every((other) => other?.seat === undefined || other.satMs <= satMs)
  }

  const hear = createHearing({
    obey: options.obey,
    lost,
    drop: remotes.drop,
    leaveGhost: ghosts.add,
  })

  return {
    room,
    state,
    instances: remotes.instances,
    join(from, { peerId, sit, satMs, sealed, past, room: asked }) {
      const answer = (outcome: PacketOf<'joined'>['outcome']): void => {
        post.send(from, { type: 'joined', room: asked, sit, outcome })
      }
      if (asked !== name()) {
        answer('moved')
        return
      }
      const remote = remotes.add(from, sit, peerId, satMs)
      const entry = room.join({ peerId, sealed, occupant: remote.occupant, past })
      if (typeof entry === 'object') {
        seated(remote, entry)
        mirrorTo(from)
        answer('seat')
        tellKnocks(remote)
      } else if (entry === 'knock' && knockFrom(from, remote, sealed)) answer('knock')
      else {
        remotes.drop(remote)
        answer(entry === 'knock' ? 'room-full' : entry)
      }
    },
    say(from, { room: asked, sit, word }) {
      const remote = remotes.find(from, sit)
      if (remote === undefined) post.send(from, { type: 'seen', room: asked, isSame: false })
      else hear(remote, word)
    },
    unknock(from, sit) {
      const remote = remotes.find(from, sit)
      if (remote !== undefined && remote.seat === undefined) lost(remote)
    },
    reseat(from, { state: theirs, members: sitting, guests }) {
      const sits = new Set([...sitting, ...guests].map(({ sit }) => sit))
      const byPeer = new Map(sitting.map((each) => [each.peerId, each]))
      const takerOf = (seat: SeatState): Taker | undefined => {
        const own = byPeer.get(seat.peerId)
        if (own === undefined) return ghosts.takerOf(seat, room.state())
        if (!isLater(own.peerId, own.satMs)) {
          remotes.push(from, { type: 'end', sit: own.sit, verdict: 'replaced' })
          return undefined
        }
        const remote = remotes.add(from, own.sit, own.peerId, own.satMs)
        return {
          occupant: remote.occupant,
          onSeated(taken) {
            seated(remote, taken)
          },
        }
      }
      room.merge(theirs, takerOf, false)
      for (const { sit, peerId, sealed } of guests) {
        const known = remotes.find(from, sit)
        const remote = known ?? remotes.add(from, sit, peerId, 0)
        if (known === undefined && !knockFrom(from, remote, sealed))
          remote.occupant.end('room-full')
      }
      for (const remote of remotes.all()) {
        if (remote.instance === from && !sits.has(remote.sit)) lost(remote)
      }
      mirrorTo(from)
    },
    look(from, { room: asked, sequence, sits }) {
      const known = remotes.all().filter(({ instance }) => instance === from)
      const isSame = known.length === sits.length && known.every(({ sit }) => sits.includes(sit))
      if (sequence !== remotes.sequenceOf(from)) mirrorTo(from)
      post.send(from, { type: 'seen', room: asked, isSame })
    },
    lose(instance) {
      for (const remote of remotes.all()) if (remote.instance === instance) lost(remote)
    },
    renamed() {
      areNamesNew = true
      sendSoon()
    },
    end() {
      hasEnded = true
      for (const instance of remotes.instances()) {
        post.send(instance, { type: 'not-home', room: name() })
      }
      room.close()
    },
  }
}
