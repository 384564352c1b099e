import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import type { Member, Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { forwardFrame } from './doc-frames.ts'
import { forwardTargets } from './forwards.ts'
import { LIVE_HAVE, liveFrame } from './live-kinds.ts'
import type { Roles } from './roles.ts'

/**
 * Passes updates on to those whom their author does not reach. The first of those who can does it at once; the next
 * one a little later, unless whoever was to get it has told that it has it. So nobody gets it twice where all is well,
 * and a member that keeps it to itself holds up nobody.
 */
export interface Forwarding {
  /** @param from  whom we have it from: the author, or somebody who passed it on */
  passOn(from: PeerId, author: Member, update: Uint8Array): void
  /** Something that was passed on came to us: tells those who may be about to do the same. */
  took(from: PeerId, update: Uint8Array): void
  /** A peer tells that it has something. @returns false when the frame is none: its sender broke a rule */
  hear(from: PeerId, body: Uint8Array): boolean
  readonly close: Undo
}

/** Longer than the way over the first one to whoever gets it and from there to us takes on ordinary lines. */
const TURN_MS = 250
/** More are not waited for; who lacks something asks for it before long. */
const MAX_WAITING = 256
const HASH_BYTES = 4

export function createForwarding(
  mesh: Mesh,
  timers: Pick<Timers, 'after'>,
  roles: Roles,
): Forwarding {
  const waiting = new Map<string, Undo>()
  const keyOf = (peer: PeerId, hash: number): string => `${peer} ${hash}`

  function stop(key: string): void {
    waiting.get(key)?.()
    waiting.delete(key)
  }

  return {
    passOn(from, author, update) {
      const self = mesh.self()
      if (roles.own.read() === 'listener') return
      const targets = self && forwardTargets(mesh, self.peer, author.peer, from, roles.mayEdit)
      if (targets === undefined || targets.length === 0) return
      const frame = forwardFrame(author, update)
      for (const { peer, before } of targets) {
        if (before === 0) {
          mesh.send(peer, 'doc', frame)
          continue
        }
        const key = keyOf(peer, hashOf(update))
        if (waiting.size >= MAX_WAITING || waiting.has(key)) continue
        const late = (): void => {
          waiting.delete(key)
          mesh.send(peer, 'doc', frame)
        }
        waiting.set(key, timers.after(before * TURN_MS, late))
      }
    },
    took(from, update) {
      const body = new Uint8Array(HASH_BYTES)
      new DataView(body.buffer).setUint32(0, hashOf(update))
      const frame = liveFrame(LIVE_HAVE, body)
      for (const peer of mesh.peers()) if (peer !== from) mesh.send(peer, 'live', frame)
    },
    hear(from, body) {
      if (body.length !== HASH_BYTES) return false
      stop(keyOf(from, new DataView(body.buffer, body.byteOffset).getUint32(0)))
      return true
    },
    close() {
      for (const key of [...waiting.keys()]) stop(key)
    },
  }
}

/** @see FNV-1a, 32 bits; who makes two updates with one hash merely has the second one asked for */
function hashOf(update: Uint8Array): number {
  let hash = 0x811c9dc5
  for (const byte of update) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
