import type { PeerId, RelayFrame, ServerMessage } from '@beatcord/shared'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import type { SignalClient } from './signal-client-types.ts'
import type { SignalSocket } from './signal-socket.ts'

/** Bytes between peers over the socket to the signal server, and the count of what is on its way. */
export interface SignalRelay {
  readonly client: Pick<SignalClient, 'relay' | 'sendRelay' | 'relayBufferedBytes' | 'onRelay'>
  readonly onFrame: (frame: RelayFrame, arrivedMs: number) => void
  hear(message: ServerMessage): void
  /** The socket is gone, and all that was on its way with it. */
  away(): void
}

export function createSignalRelay(socket: () => SignalSocket | undefined): SignalRelay {
  const relay = createLive(false)
  const events = createEvents<{ frame: [PeerId, Uint8Array, number] }>()
  /** Sent, and not told of by the server yet. */
  const waiting = new Map<PeerId, number>()

  return {
    client: {
      relay,
      sendRelay(to, urgency, payload) {
        const isSent = relay.read() && socket()?.sendRelay({ urgency, peer: to, payload }) === true
        if (isSent && urgency === 'wait') waiting.set(to, (waiting.get(to) ?? 0) + payload.length)
        return isSent
      },
      relayBufferedBytes: (to, urgency) =>
        (socket()?.bufferedBytes() ?? 0) + (urgency === 'wait' ? (waiting.get(to) ?? 0) : 0),
      onRelay: (listener) => events.on('frame', listener),
    },
    onFrame({ peer, payload }, arrivedMs) {
      events.emit('frame', peer, payload, arrivedMs)
    },
    hear(message) {
      if (message.type === 'welcome') relay.set(message.relay)
      else if (message.type === 'peer-gone') waiting.delete(message.peerId)
      else if (message.type === 'peer-joined' || message.type === 'peer-changed') {
        waiting.delete(message.peer.peerId)
      } else if (message.type === 'relayed') {
        waiting.set(message.to, Math.max(0, (waiting.get(message.to) ?? 0) - message.bytes))
      }
    },
    away() {
      waiting.clear()
      relay.set(false)
    },
  }
}
