import type { Log } from '../log.ts'
import type { Directory, InstanceId } from './directory.ts'
import { encodeEnvelope, type Packet, parseEnvelope } from './packets.ts'

/** Why what came from another instance was not heeded. */
export type PacketDrop = 'stale' | 'malformed' | 'failed'

/** What goes from this instance to others, and comes from them. */
export interface Post {
  /** What is said in one go travels together, in order. Nothing waits for somebody who is away. */
  send(to: InstanceId, packet: Packet): void
  /** @param bytes begin with 1; those of packets do not */
  sendBytes(to: InstanceId, bytes: Uint8Array): void
  /** What is still to go, now. */
  flush(): void
}

export interface PostOptions {
  readonly directory: Directory
  readonly log: Log
  readonly onPacket: (from: InstanceId, packet: Packet) => void
  /** Whatever begins with 1. @returns the moment at which it was sent; undefined when it is none */
  readonly onBytes: (bytes: Uint8Array) => void
  readonly onDropped: (why: PacketDrop) => void
  /** Nobody listens at that instance. */
  readonly onDeaf: (instance: InstanceId) => void
}

/** What took longer to come is of no use any more: its sender has said it again, or given up. */
export const STALE_AFTER_MS = 5_000
const BYTES_MARK = 1
/** One packet is at most as long again. */
const MAX_ENVELOPE_CHARS = 262_144
const MAX_PACKETS = 500

export function createPost(options: PostOptions): Post {
  const { directory, log, onDropped, onDeaf } = options
  const waiting = new Map<InstanceId, Packet[]>()
  let isDue = false

  function flush(): void {
    isDue = false
    const all = [...waiting]
    waiting.clear()
    for (const [to, packets] of all) for (const some of inParts(packets)) sendSome(to, some)
  }

  const sendSome = (to: InstanceId, packets: readonly Packet[]): void => {
    deliver(to, encodeEnvelope({ atMs: directory.nowMs(), from: directory.me, packets }))
  }

  function deliver(to: InstanceId, bytes: Uint8Array): void {
    if (!directory.isUp()) return
    directory.send(to, bytes).then(
      (isHeard) => {
        if (!isHeard) onDeaf(to)
      },
      // It is away, and says so itself.
      () => undefined,
    )
  }

  function drop(why: PacketDrop, detail: string): void {
    onDropped(why)
    log('warn', 'packet dropped', { reason: why, detail })
  }

  directory.onPacket((bytes) => {
    try {
      // Asks for nothing: that it is heard is the answer.
      if (bytes.length <= 1) return
      if (bytes[0] === BYTES_MARK) {
        options.onBytes(bytes)
        return
      }
      const envelope = parseEnvelope(bytes)
      if (envelope === undefined) drop('malformed', 'no envelope')
      else if (isStale(directory, envelope.atMs)) drop('stale', 'too late')
      else for (const packet of envelope.packets) options.onPacket(envelope.from, packet)
    } catch (error) {
      // Our own mistake must not end everybody's jam.
      drop('failed', error instanceof Error ? error.name : 'unknown')
    }
  })

  return {
    send(to, packet) {
      if (!directory.isUp()) return
      const packets = waiting.get(to) ?? []
      packets.push(packet)
      waiting.set(to, packets)
      if (isDue) return
      isDue = true
      queueMicrotask(flush)
    },
    sendBytes: deliver,
    flush,
  }
}

export const isStale = (directory: Pick<Directory, 'nowMs'>, atMs: number): boolean =>
  directory.nowMs() - atMs > STALE_AFTER_MS

/** Few enough that one envelope neither stops the others nor the reader. */
function inParts(packets: readonly Packet[]): readonly (readonly Packet[])[] {
  if (packets.length === 1) return [packets]
  const parts: Packet[][] = []
  let part: Packet[] = []
  let chars = 0
  for (const packet of packets) {
    chars += JSON.stringify(packet).length
    if (part.length > 0 && (chars > MAX_ENVELOPE_CHARS || part.length >= MAX_PACKETS)) {
      parts.push(part)
      part = []
      chars = 0
    }
    part.push(packet)
  }
  return [...parts, part]
}
