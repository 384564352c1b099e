import {
  type Classify,
  isReliable,
  type MessageKind,
  replaceSend,
  toBytes,
} from './message-kind.ts'
import { RAW_LABEL } from './raw-channel.ts'

export interface Count {
  readonly messages: number
  readonly bytes: number
}

/** Everything this page has sent so far, and the text it heard from the signal server. */
export interface Tally extends Readonly<Record<MessageKind, Count>> {
  readonly signalsSent: Count
  readonly signalsHeard: Count
  /** Frames that went through the signal server in place of a link. */
  readonly relayed: Count
}

export interface WireTap {
  tally(): Tally
  /** Size of the latest edit as it left. */
  lastEditBytes(): number
  /** Moment of `performance.now()` at which a reliable message last came in. */
  lastHeardMs(): number
  /** Every connection the page has made. */
  readonly connections: ReadonlySet<RTCPeerConnection>
}

/** Counts at the platform's own objects, below the product and the stock alike; to be called before either joins. */
export function tapWires(classify: Classify): WireTap {
  const counts = {
    edit: zero(),
    copy: zero(),
    background: zero(),
    signalsSent: zero(),
    signalsHeard: zero(),
    relayed: zero(),
  }
  const connections = new Set<RTCPeerConnection>()
  let lastEditBytes = 0
  let lastHeardMs = 0

  const hear = (channel: RTCDataChannel): void => {
    if (channel.label === RAW_LABEL || !isReliable(channel)) return
    channel.addEventListener('message', () => {
      lastHeardMs = performance.now()
    })
  }
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.add(this)
      this.addEventListener('datachannel', ({ channel }) => {
        hear(channel)
      })
    }

    override createDataChannel(label: string, init?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, init)
      hear(channel)
      return channel
    }
  }
  replaceSend(RTCDataChannel.prototype, (channel, data) => {
    if (channel.label === RAW_LABEL) return
    const bytes = toBytes(data)
    const kind = classify(bytes, isReliable(channel))
    add(counts[kind], bytes.length)
    if (kind === 'edit') lastEditBytes = bytes.length
  })
  replaceSend(WebSocket.prototype, (_socket, data) => {
    if (typeof data === 'string') add(counts.signalsSent, data.length)
    else add(counts.relayed, toBytes(data).length)
  })
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') add(counts.signalsHeard, data.length)
      })
    }
  }

  return {
    tally: () => structuredClone(counts),
    lastEditBytes: () => lastEditBytes,
    lastHeardMs: () => lastHeardMs,
    connections,
  }
}

interface MutableCount {
  messages: number
  bytes: number
}

const zero = (): MutableCount => ({ messages: 0, bytes: 0 })

function add(count: MutableCount, bytes: number): void {
  count.messages += 1
  count.bytes += bytes
}
