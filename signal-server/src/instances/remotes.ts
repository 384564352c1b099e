import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../clock.ts'
import type { RelayOutlet } from '../relay.ts'
import type { RoomOrder, RoomState } from '../room-state.ts'
import type { Occupant, Seat } from '../room-types.ts'
import type { InstanceId } from './directory.ts'
import type { Deed, PacketOf } from './packets.ts'
import type { Post } from './post.ts'

/** Somebody of a room whose home is here, whose socket is at another instance. */
export interface Remote {
  readonly peerId: PeerId
  readonly instance: InstanceId
  readonly sit: number
  readonly satMs: number
  readonly occupant: Occupant
  /** Once seated. */
  seat: Seat | undefined
  /** While waiting outside. */
  endKnock: Undo | undefined
  /** Set once its socket is lost: it hears nothing any more. */
  isLost: boolean
}

/** What one instance that has people in the room was told. */
interface Edge {
  sequence: number
  deeds: Deed[]
}

/** All people at other instances of one room, and what these instances are told of the room. */
export interface Remotes {
  readonly all: () => readonly Remote[]
  find(instance: InstanceId, sit: number): Remote | undefined
  add(instance: InstanceId, sit: number, peerId: PeerId, satMs: number): Remote
  /** Nothing goes to this one any more. */
  drop(remote: Remote): void
  /** Instances with somebody in the room. */
  readonly instances: () => readonly InstanceId[]
  /** Has one do something that belongs to no seat. */
  push(instance: InstanceId, deed: Deed): void
  /** How many news this instance was sent. */
  sequenceOf(instance: InstanceId): number
  /** Tells one all; what was still to be told of seats is in it. */
  sendMirror(instance: InstanceId, names: PacketOf<'mirror'>['names'], state: RoomState): void
  /** Tells all what is new. */
  sendNews(news: News): void
}

export interface News {
  readonly names?: PacketOf<'mirror'>['names']
  readonly order?: RoomOrder
  readonly seats: PacketOf<'news'>['seats']
  readonly gone: readonly PeerId[]
}

export interface RemotesOptions {
  readonly name: () => PacketOf<'news'>['room']
  readonly post: Post
  readonly outletTo: (instance: InstanceId, peer: PeerId) => RelayOutlet
  /** There is something to be sent. */
  readonly onDue: () => void
}

export function createRemotes({ name, post, outletTo, onDue }: RemotesOptions): Remotes {
  const remotes = new Map<string, Remote>()
  const edges = new Map<InstanceId, Edge>()

  const edgeOf = (instance: InstanceId): Edge => {
    const edge = edges.get(instance) ?? { sequence: 0, deeds: [] }
    edges.set(instance, edge)
    return edge
  }

  function push(instance: InstanceId, deed: Deed): void {
    edgeOf(instance).deeds.push(deed)
    onDue()
  }

  function tell(instance: InstanceId, sit: number, message: ToldMessage): void {
    const { deeds } = edgeOf(instance)
    const last = deeds.at(-1)
    // What all are told travels once.
    if (last?.type !== 'tell' || last.message !== message) {
      push(instance, { type: 'tell', sits: [sit], message })
    } else deeds[deeds.length - 1] = { ...last, sits: [...last.sits, sit] }
  }

  function occupantOf(
    instance: InstanceId,
    sit: number,
    peerId: PeerId,
    isLost: () => boolean,
  ): Occupant {
    return {
      instance,
      get outlet() {
        return isLost() ? undefined : outletTo(instance, peerId)
      },
      tell(message) {
        if (isLost()) return
        if (message.type !== 'signal') tell(instance, sit, message)
        else post.send(instance, { ...message, to: peerId })
      },
      end(verdict) {
        if (!isLost()) push(instance, { type: 'end', sit, verdict })
        const remote = remotes.get(keyOf(instance, sit))
        if (remote !== undefined) drop(remote)
      },
      restand(isAppointed) {
        if (!isLost()) push(instance, { type: 'restand', sit, isAppointed })
      },
    }
  }

  function drop(remote: Remote): void {
    remote.isLost = true
    const key = keyOf(remote.instance, remote.sit)
    if (remotes.get(key) === remote) remotes.delete(key)
  }

  return {
    all: () => [...remotes.values()],
    find: (instance, sit) => remotes.get(keyOf(instance, sit)),
    add(instance, sit, peerId, satMs) {
      const known = remotes.get(keyOf(instance, sit))
      if (known?.peerId === peerId) return known
      const remote: Remote = {
        peerId,
        instance,
        sit,
        satMs,
        occupant: occupantOf(instance, sit, peerId, () => remote.isLost),
        seat: undefined,
        endKnock: undefined,
        isLost: false,
      }
      remotes.set(keyOf(instance, sit), remote)
      edgeOf(instance)
      return remote
    },
    drop,
    instances: () => [...new Set([...remotes.values()].map(({ instance }) => instance))],
    push,
    sequenceOf: (instance) => edges.get(instance)?.sequence ?? 0,
    sendMirror(instance, names, state) {
      const { sequence } = edges.get(instance) ?? { sequence: 0 }
      post.send(instance, { type: 'mirror', room: name(), names, sequence, state })
    },
    sendNews(news) {
      const isNews = news.seats.length + news.gone.length > 0 || news.order !== undefined
      const present = new Set([...remotes.values()].map(({ instance }) => instance))
      for (const [instance, edge] of edges) {
        const { deeds } = edge
        edge.deeds = []
        if (isNews || deeds.length > 0) {
          edge.sequence += 1
          const { sequence } = edge
          post.send(instance, { type: 'news', room: name(), sequence, ...news, deeds })
        }
        if (!present.has(instance)) edges.delete(instance)
      }
    },
  }
}

type ToldMessage = Extract<Deed, { type: 'tell' }>['message']

const keyOf = (instance: InstanceId, sit: number): string => `${instance}:${String(sit)}`
