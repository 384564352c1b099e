import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { parsePeerSignal } from './peer-signal.ts'
import type { PeerSignal } from './peer-signal.ts'
import { open, seal } from './seal.ts'
import type { SignalClient } from './signal-client-types.ts'

/** Signals between peers that the server carries and can neither read nor forge. */
export interface SealedSignals {
  /** False while the server is away. What is sent to one peer arrives in the order it was sent in. */
  send(to: PeerId, signal: PeerSignal): boolean
  close: Undo
}

/**
 * @param key       the room's signal key
 * @param onSignal  hears only what was sealed by a member for us; everything else is dropped
 */
export function createSealedSignals(
  signal: Pick<SignalClient, 'state' | 'self' | 'sendSignal' | 'onSignal'>,
  key: CryptoKey,
  onSignal: (from: PeerId, signal: PeerSignal) => void,
): SealedSignals {
  let closed = false
  // Sealing takes its own time for every text; one queue each way keeps candidates behind their offer.
  const sending = createQueue()
  const opening = createQueue()

  const undo = signal.onSignal((from, data) => {
    const self = signal.self.read()
    if (self === undefined) return
    opening(async () => {
      const text = await open(key, data, context(from, self))
      const parsed = text === undefined ? undefined : parsePeerSignal(text)
      if (parsed !== undefined && !closed) onSignal(from, parsed)
    })
  })

  return {
    send(to, body) {
      const self = signal.self.read()
      if (closed || self === undefined || signal.state.read().status !== 'admitted') return false
      sending(async () => {
        const sealed = await seal(key, JSON.stringify(body), context(self, to))
        if (!closed) signal.sendSignal(to, sealed)
      })
      return true
    },
    close() {
      closed = true
      undo()
    },
  }
}

const context = (from: PeerId, to: PeerId): string => `signal|${from}|${to}`

/** Runs one task after the other; a task that fails shows up as an unhandled rejection and does not stop the next. */
function createQueue(): (task: () => Promise<void>) => void {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const run = last.then(task)
    void run.then(() => undefined)
    last = run.catch(() => undefined)
  }
}
