import type { PeerId, RoomId } from '@beatcord/shared'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from '../net/bucket.ts'
import type { Keyring } from '../net/keyring.ts'
import { roomIdOf } from '../net/room-id.ts'
import { createRoomSecret, deriveRoomKeys, type RoomKeys } from '../net/room-keys.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import type { Timers } from '../net/timers.ts'
import type { WebRtcMesh } from '../net/webrtc-mesh.ts'

/**
 * Gives a private room a new secret when somebody is removed from it: the server is told its new name, and the others
 * get the secret over their links. It counts where the server's own certificate names the room that follows from it.
 */
export interface Moving {
  /** Removes somebody, and moves the room away from them if it has a secret. */
  remove(peer: PeerId): Promise<void>
  /** What a linked peer says is the secret; anything may be in it. */
  hear(from: PeerId, secret: Uint8Array): void
  close: Undo
}

export interface MovingOptions {
  readonly signal: Pick<SignalClient, 'room' | 'ask'>
  readonly mesh: Pick<WebRtcMesh, 'peers' | 'onPeer' | 'tellMoved'>
  readonly keyring: Keyring
  readonly timers: Pick<Timers, 'now'>
  /** Whether the room has a secret, and not only a name. */
  readonly isPrivate: boolean
  readonly onMoved: (secret: Uint8Array, keys: RoomKeys) => void
}

interface Candidate {
  readonly secret: Uint8Array
  readonly keys: RoomKeys
}

/** What may be heard before the server's word comes; more is a member's noise. */
const MAX_CANDIDATES = 8
const HEARD = { burst: 4, perSecond: 0.2 }
/** Whoever was not linked then is told when they are, for as long. */
const TELL_MS = 60_000

export function createMoving(options: MovingOptions): Moving {
  const { signal, mesh, keyring, timers } = options
  const scope = createScope()
  const candidates = new Map<RoomId, Candidate>()
  const buckets = createBuckets<PeerId>(HEARD)
  let last: { readonly secret: Uint8Array; readonly atMs: number } | undefined

  async function consider(secret: Uint8Array): Promise<RoomKeys> {
    const keys = await deriveRoomKeys(secret)
    const roomId = await roomIdOf(keys.authKey)
    if (candidates.size < MAX_CANDIDATES) candidates.set(roomId, { secret, keys })
    settle()
    return keys
  }

  function settle(): void {
    const roomId = signal.room.read()
    const found = roomId === undefined ? undefined : candidates.get(roomId)
    if (found === undefined) return
    candidates.clear()
    const { secret, keys } = found
    if (keys.authKey === keyring.current.read().authKey) return
    keyring.turn(keys)
    last = { secret, atMs: timers.now() }
    for (const peer of mesh.peers()) mesh.tellMoved(peer, secret)
    options.onMoved(secret, keys)
  }

  scope.own(signal.room.subscribe(settle))
  scope.own(
    mesh.onPeer((peer, change) => {
      if (change !== 'open' || last === undefined || timers.now() - last.atMs > TELL_MS) return
      mesh.tellMoved(peer, last.secret)
    }),
  )

  return {
    async remove(peerId) {
      if (!options.isPrivate) {
        signal.ask({ type: 'remove', peerId })
        return
      }
      const { authKey } = await consider(createRoomSecret())
      signal.ask({ type: 'remove', peerId, authKey })
    },
    hear(from, secret) {
      if (options.isPrivate && buckets.take(from, timers.now())) void consider(secret)
    },
    close: scope.close,
  }
}
