import { isPeerId, type PeerId } from '@beatcord/shared'
import type { Clock, Undo } from '../clock.ts'
import type { RelayOutlet } from '../relay.ts'
import type { Directory, InstanceId } from './directory.ts'
import { isStale, type Post, STALE_AFTER_MS } from './post.ts'

/** Relayed frames to and from people at other instances. */
export interface RemoteRelay {
  /** Where frames for somebody at another instance go. */
  outletTo(instance: InstanceId, peer: PeerId): RelayOutlet
  /** A frame has come from another instance. */
  onBytes(bytes: Uint8Array): void
  /** The instance of a receiver has taken so many bytes. */
  onTaken(peer: PeerId, bytes: number): void
  /** Everything on its way is lost. */
  reset(): void
}

export interface RemoteRelayOptions {
  readonly directory: Directory
  readonly post: Post
  readonly clock: Clock
  /** Where frames for one who sits here go. */
  readonly outletHere: (peer: PeerId) => RelayOutlet | undefined
}

/** So much to one receiver may be on its way, or wait at the other instance. */
const WINDOW_BYTES = 131_072
/** The other instance holds no more for one receiver, whatever it is sent. */
const MAX_HELD_BYTES = 4 * WINDOW_BYTES
/** What is not told to be taken after so long never came. */
const LOST_AFTER_MS = STALE_AFTER_MS + 1_000

const MARK = 1
const DROP = 1
const AT_BYTES = 8
const INSTANCE_CHARS = 16
const PEER_CHARS = 26
const HEAD_BYTES = 1 + AT_BYTES + INSTANCE_CHARS + PEER_CHARS

interface Way {
  readonly instance: InstanceId
  readonly outlet: RelayOutlet
  onWayBytes: number
  takenMs: number
  waiting: Set<() => void>
  endWatch: Undo | undefined
}

/** What has come for one who reads more slowly than it comes, oldest first. */
interface Lane {
  readonly frames: { readonly from: InstanceId; readonly frame: Uint8Array }[]
  bytes: number
  readonly outlet: RelayOutlet
}

export function createRemoteRelay(options: RemoteRelayOptions): RemoteRelay {
  const { directory, post, clock, outletHere } = options
  const ways = new Map<PeerId, Way>()
  const lanes = new Map<PeerId, Lane>()

  function open(instance: InstanceId, peer: PeerId): Way {
    const way: Way = {
      instance,
      onWayBytes: 0,
      takenMs: clock.nowMs(),
      waiting: new Set(),
      endWatch: undefined,
      outlet: {
        pass(frame: Uint8Array): boolean {
          if (way.onWayBytes + frame.length > WINDOW_BYTES) return false
          // As a socket that is lost: who sends learns of it by the roster.
          if (!directory.isUp()) return true
          way.onWayBytes += frame.length
          post.sendBytes(instance, wrap(peer, frame))
          watch()
          return true
        },
        onceFree(run: () => void): Undo {
          way.waiting.add(run)
          return () => way.waiting.delete(run)
        },
      },
    }
    const watch = (): void => {
      way.endWatch ??= clock.after(LOST_AFTER_MS, () => {
        way.endWatch = undefined
        if (clock.nowMs() - way.takenMs >= LOST_AFTER_MS) free(peer, way, way.onWayBytes)
        if (way.onWayBytes > 0) watch()
      })
    }
    return way
  }

  function free(peer: PeerId, way: Way, bytes: number): void {
    way.onWayBytes = Math.max(0, way.onWayBytes - bytes)
    way.takenMs = clock.nowMs()
    if (way.onWayBytes === 0) {
      way.endWatch?.()
      way.endWatch = undefined
      if (ways.get(peer) === way && way.waiting.size === 0) ways.delete(peer)
    }
    if (way.onWayBytes > WINDOW_BYTES / 2) return
    const runs = [...way.waiting]
    way.waiting.clear()
    for (const run of runs) run()
  }

  function wrap(peer: PeerId, frame: Uint8Array): Buffer {
    const bytes = Buffer.alloc(HEAD_BYTES + frame.length)
    bytes[0] = MARK
    bytes.writeDoubleBE(directory.nowMs(), 1)
    bytes.write(directory.me, 1 + AT_BYTES, 'latin1')
    bytes.write(peer, 1 + AT_BYTES + INSTANCE_CHARS, 'latin1')
    bytes.set(frame, HEAD_BYTES)
    return bytes
  }

  const taken = (from: InstanceId, to: PeerId, bytes: number): void => {
    post.send(from, { type: 'taken', to, bytes })
  }

  function receive(from: InstanceId, to: PeerId, frame: Uint8Array): void {
    const outlet = outletHere(to)
    const lane = lanes.get(to)
    const isWaiting = lane !== undefined && lane.outlet === outlet
    if (outlet === undefined || (!isWaiting && outlet.pass(frame)) || frame[0] === DROP) {
      taken(from, to, frame.length)
      return
    }
    if (isWaiting) hold(lane, from, to, frame)
    else {
      const opened: Lane = { frames: [], bytes: 0, outlet }
      lanes.set(to, opened)
      hold(opened, from, to, frame)
      outlet.onceFree(() => {
        pump(to, opened)
      })
    }
  }

  function hold(lane: Lane, from: InstanceId, to: PeerId, frame: Uint8Array): void {
    if (lane.bytes + frame.length > MAX_HELD_BYTES) {
      taken(from, to, frame.length)
      return
    }
    lane.bytes += frame.length
    lane.frames.push({ from, frame })
  }

  function pump(to: PeerId, lane: Lane): void {
    for (let next = lane.frames[0]; next !== undefined; next = lane.frames[0]) {
      if (!lane.outlet.pass(next.frame)) {
        lane.outlet.onceFree(() => {
          pump(to, lane)
        })
        return
      }
      lane.frames.shift()
      lane.bytes -= next.frame.length
      taken(next.from, to, next.frame.length)
    }
    if (lanes.get(to) === lane) lanes.delete(to)
  }

  return {
    outletTo(instance, peer) {
      const known = ways.get(peer)
      if (known?.instance === instance) return known.outlet
      const way = open(instance, peer)
      ways.set(peer, way)
      return way.outlet
    },
    onBytes(bytes) {
      const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      if (view.length <= HEAD_BYTES || isStale(directory, view.readDoubleBE(1))) return
      const from = view.toString('latin1', 1 + AT_BYTES, 1 + AT_BYTES + INSTANCE_CHARS)
      const to = view.toString('latin1', 1 + AT_BYTES + INSTANCE_CHARS, HEAD_BYTES)
      // A copy: a view would keep all that came in with it.
      if (isPeerId(to)) receive(from, to, Uint8Array.prototype.slice.call(view, HEAD_BYTES))
    },
    onTaken(peer, bytes) {
      const way = ways.get(peer)
      if (way !== undefined) free(peer, way, bytes)
    },
    reset() {
      for (const [peer, way] of ways) free(peer, way, way.onWayBytes)
    },
  }
}
