import { createLive, type Live } from '../lib/live.ts'
import type { RoomKeys } from './room-keys.ts'
import type { SealingKeys } from './seal.ts'

/** The keys of a room, which get others when somebody is removed from it. */
export interface Keyring {
  readonly current: Live<RoomKeys>
  /** One kind of them, as it is at any moment. */
  keysFor(use: 'profileKey' | 'signalKey' | 'relayKey'): SealingKeys
  turn(next: RoomKeys): void
}

/** Until then whoever was not told of new keys in time is still heard. */
const OLD_KEYS_OPEN_MS = 60_000

/** @param now monotonic milliseconds */
export function createKeyring(first: RoomKeys, now: () => number): Keyring {
  const current = createLive(first)
  let before: readonly { readonly keys: RoomKeys; readonly untilMs: number }[] = []
  return {
    current,
    keysFor: (use) => () => [
      current.read()[use],
      ...before.filter(({ untilMs }) => now() < untilMs).map(({ keys }) => keys[use]),
    ],
    turn(next) {
      const old = { keys: current.read(), untilMs: now() + OLD_KEYS_OPEN_MS }
      before = [old, ...before.filter(({ untilMs }) => now() < untilMs)]
      current.set(next)
    },
  }
}
