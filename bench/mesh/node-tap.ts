import { RTCDataChannel } from 'node-datachannel/polyfill'
import { WebSocket } from 'ws'
import { type Classify, isReliable, replaceSend, toBytes } from '../page/message-kind.ts'

/** What all peers of this process have sent and heard so far, in messages. */
export interface NodeTally {
  readonly edits: number
  readonly signalsSent: number
  readonly signalsHeard: number
}

/** Counts at the platform's own objects; to be called before any peer joins. */
export function tapNode(classify: Classify): () => NodeTally {
  const counts = { edits: 0, signalsSent: 0, signalsHeard: 0 }
  replaceSend(RTCDataChannel.prototype, (channel, data) => {
    if (classify(toBytes(data), isReliable(channel)) === 'edit') counts.edits += 1
  })
  const heard = new WeakSet<WebSocket>()
  replaceSend(WebSocket.prototype, (socket, data) => {
    if (typeof data === 'string') counts.signalsSent += 1
    // Nothing is heard before the first word is said.
    if (heard.has(socket)) return
    heard.add(socket)
    socket.on('message', (_data, isBinary) => {
      if (!isBinary) counts.signalsHeard += 1
    })
  })
  return () => ({ ...counts })
}
