import { randomBytes } from 'node:crypto'
import type { RoomId } from '@beatcord/shared'
import type { Clock } from '../clock.ts'
import {
  type Directory,
  DirectoryAway,
  type InstanceId,
  KEEP_MS,
  type Lapse,
  LEASE_MS,
} from './directory.ts'

/** What several instances in one process share, so that a test can be several servers; it can be away, and forget. */
export interface MemoryHub {
  readonly join: () => Directory
  readonly setUp: (isUp: boolean) => void
  /** Forgets everything. */
  readonly flush: () => void
  /** That instance neither says nor hears anything any more. */
  readonly cut: (instance: InstanceId) => void
}

interface Expiring {
  readonly value: string
  readonly untilMs: number
}

export const createInstanceId = (): InstanceId => randomBytes(8).toString('hex')

export function createMemoryHub(clock: Clock): MemoryHub {
  const homes = new Map<RoomId, Expiring>()
  const lefts = new Map<RoomId, Expiring>()
  const listeners = new Map<InstanceId, (packet: Uint8Array) => void>()
  const upListeners = new Set<(isUp: boolean) => void>()
  const gone = new Set<InstanceId>()
  let up = true

  function read(from: Map<RoomId, Expiring>, name: RoomId): string | undefined {
    const found = from.get(name)
    if (found !== undefined && found.untilMs > clock.nowMs()) return found.value
    from.delete(name)
    return undefined
  }

  const write = (to: Map<RoomId, Expiring>, name: RoomId, value: string, forMs: number): unknown =>
    to.set(name, { value, untilMs: clock.nowMs() + forMs })

  async function ask<T>(me: InstanceId, run: () => T): Promise<T> {
    await Promise.resolve()
    if (!up || gone.has(me)) throw new DirectoryAway()
    return run()
  }

  function renewed(me: InstanceId, name: RoomId): Lapse | undefined {
    const home = read(homes, name) ?? me
    if (home !== me) return { name, home }
    write(homes, name, me, LEASE_MS)
    const left = read(lefts, name)
    if (left === undefined) return { name, home: undefined }
    write(lefts, name, left, KEEP_MS)
    return undefined
  }

  function join(): Directory {
    const me = createInstanceId()
    return {
      me,
      isUp: () => up && !gone.has(me),
      onUp(listener) {
        upListeners.add(listener)
        return () => upListeners.delete(listener)
      },
      claim: (name, lost) =>
        ask(me, () => {
          const held = read(homes, name)
          const home = held === undefined || held === lost ? me : held
          if (home === me) write(homes, name, me, LEASE_MS)
          return { home, left: read(lefts, name) ?? '' }
        }),
      renew: (names) => ask(me, () => names.flatMap((name) => renewed(me, name) ?? [])),
      keep: (name, left) =>
        ask(me, () => {
          if (read(homes, name) === me) write(lefts, name, left, KEEP_MS)
        }),
      release: (name, forgets) =>
        ask(me, () => {
          if (read(homes, name) !== me) return
          homes.delete(name)
          if (forgets) lefts.delete(name)
        }),
      send: (to, packet) =>
        ask(me, () => {
          const listener = listeners.get(to)
          listener?.(Buffer.from(packet))
          return listener !== undefined
        }),
      onPacket(listener) {
        listeners.set(me, listener)
      },
      nowMs: clock.nowMs,
      async close() {
        listeners.delete(me)
        await Promise.resolve()
      },
    }
  }

  return {
    join,
    setUp(isUp) {
      up = isUp
      for (const listener of upListeners) listener(isUp)
    },
    flush() {
      homes.clear()
      lefts.clear()
    },
    cut(instance) {
      gone.add(instance)
      listeners.delete(instance)
    },
  }
}
