import type { PeerId } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import type { Introductions } from './introductions.ts'
import { parsePeerSignal } from './peer-signal.ts'
import type { PeerSignal, SentSignal } from './peer-signal.ts'
import type { ReplayGuard } from './replay-guard.ts'
import { open, seal, type SealingKeys } from './seal.ts'
import type { SignalClient } from './signal-client-types.ts'
import { createTaskQueue } from './task-queue.ts'

export interface SealedSignalsOptions {
  readonly signal: Pick<SignalClient, 'self' | 'canSignal' | 'sendSignal' | 'onSignal'>
  /** `RoomKeys.signalKey` */
  readonly key: SealingKeys
  readonly guard: ReplayGuard
  readonly introductions: Introductions
  /** Hears only what was sealed by that member for us, once; everything else is dropped. */
  readonly onSignal: (from: PeerId, signal: PeerSignal) => void
}

/** Signals between peers that the server, or a member, carries and can neither read nor forge nor repeat. */
export interface SealedSignals {
  canSend(to: PeerId): boolean
  /** What is sent to one peer arrives in the order it was sent in. */
  send(to: PeerId, signal: PeerSignal): void
  /** Takes an opened signal that came by another way than the server. */
  hear(from: PeerId, text: string): void
  close: Undo
}

export function createSealedSignals(options: SealedSignalsOptions): SealedSignals {
  const { signal, key, guard, introductions } = options
  const counts = new Map<PeerId, number>()
  const sending = createTaskQueue()
  const opening = createTaskQueue()
  let closed = false

  function hear(from: PeerId, text: string): void {
    const parsed = parsePeerSignal(text)
    if (closed || parsed === undefined) return
    if (guard.admits(from, parsed.page, parsed.seq)) options.onSignal(from, parsed)
  }

  async function sealAndSend(self: PeerId, to: PeerId, body: SentSignal): Promise<void> {
    const text = JSON.stringify(body)
    if (signal.canSignal(to) || !introductions.canPass(to)) {
      const sealed = await seal(key, text, context(self, to))
      if (closed || signal.sendSignal(to, sealed)) return
    }
    // Also when the socket has moved meanwhile: by whichever way it comes first, it counts once.
    await introductions.send(to, text)
  }

  const undo = signal.onSignal((from, data) => {
    const self = signal.self.read()
    if (self === undefined) return
    opening.add(async () => {
      const text = await open(key, data, context(from, self))
      if (text !== undefined) hear(from, text)
    })
  })

  return {
    canSend: (to) => signal.canSignal(to) || introductions.canPass(to),
    send(to, body) {
      const self = signal.self.read()
      if (closed || self === undefined) return
      const seq = (counts.get(to) ?? -1) + 1
      counts.set(to, seq)
      sending.add(() => sealAndSend(self, to, { ...body, seq }))
    },
    hear,
    close() {
      closed = true
      undo()
    },
  }
}

const context = (from: PeerId, to: PeerId): string => `signal|${from}|${to}`
