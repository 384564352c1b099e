import type { IceServer } from '@beatcord/shared'
import SimplePeer from 'simple-peer/simplepeer.min.js'
import type { Live } from '../lib/live.ts'
import type { Lane } from './mesh.ts'
import { parseWireSignal } from './peer-signal.ts'
import type { CreateWire, WireEvents } from './wire.ts'

/** How each lane's data channel treats loss; the doc lane puts its own frames in order. */
const DOC_CHANNEL: RTCDataChannelInit = { negotiated: true, id: 0, ordered: false }
const LIVE_CHANNEL: RTCDataChannelInit = {
  negotiated: true,
  id: 1,
  ordered: false,
  // A lifetime and not a count of tries: beside a busy doc lane a count of 0 loses frames even without a network.
  maxPacketLifeTime: 150,
}
const CLOCK_CHANNEL: RTCDataChannelInit = {
  negotiated: true,
  id: 2,
  ordered: false,
  maxRetransmits: 0,
}
/**
 * The three lanes share one congested pipe: what waits there of the doc lane makes live frames run out of their 150 ms.
 * Higher than this, a song on its way cost a third of them on a busy machine, and did not arrive sooner.
 */
const DOC_HIGH_WATER_BYTES = 16 * 1024
const DOC_LOW_WATER_BYTES = 8 * 1024

export interface SimplePeerWireOptions {
  readonly iceServers: () => readonly IceServer[]
  /** Whether our address is hidden: then only relay candidates are gathered. Asked anew for each connection. */
  readonly relayOnly?: Live<boolean>
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** WebRTC where the platform has none of its own. */
  readonly wrtc?: object
}

/** Makes connections with simple-peer: its own channel is the doc lane, two negotiated ones beside it the others. */
export const createSimplePeerWires =
  ({ iceServers, relayOnly, now, wrtc }: SimplePeerWireOptions): CreateWire =>
  (offers, events) => {
    const config = (): RTCConfiguration => ({
      iceServers: iceServers().map(toRtcIceServer),
      iceTransportPolicy: relayOnly?.read() === true ? 'relay' : 'all',
    })
    const peer = new SimplePeer({
      initiator: offers,
      // Keeps every frame a frame of its own: as a byte stream it may join two that come while it is paused.
      objectMode: true,
      channelConfig: DOC_CHANNEL,
      config: config(),
      ...(wrtc && { wrtc }),
    })
    // At once, before the negotiation that starts in a microtask.
    const channels = openChannels(peer, events, now)
    let ended = false

    peer.on('signal', (value) => {
      const signal = parseWireSignal(value)
      if (signal !== undefined) events.onSignal(signal)
    })
    peer.on('data', (value) => {
      events.onFrame('doc', value instanceof Uint8Array ? value : undefined, now())
    })
    peer.on('iceStateChange', (state) => {
      if (state === 'disconnected') events.onPath(false)
      if (state === 'connected' || state === 'completed') events.onPath(true)
    })
    // A clean close by the other end comes as an error first; either way `close` follows.
    peer.on('error', () => undefined)
    peer.on('close', () => {
      if (ended) return
      ended = true
      events.onClosed()
    })

    function restartIce(): void {
      if (ended || peer.destroyed || peer.destroying) return
      if (!offers) {
        // Said here and not by simple-peer, which waits for ever when the first such request is lost.
        events.onSignal({ type: 'renegotiate' })
        return
      }
      renewConfig()
      peer.offerOptions = { iceRestart: true }
      peer.negotiate()
    }

    /** The candidates of another path come from the servers of now: credentials of the first ones run out. */
    function renewConfig(): void {
      // A connection that has just ended by itself takes no configuration, and needs none.
      if (peer._pc?.signalingState !== 'closed') peer._pc?.setConfiguration(config())
    }

    return {
      connection: peer._pc ?? undefined,
      restartIce,
      signal(signal) {
        if (ended || peer.destroyed) return
        if (signal.type === 'renegotiate') {
          restartIce()
          return
        }
        if (signal.type === 'offer') renewConfig()
        peer.signal(signal)
      },
      send(lane, frame) {
        const channel = channels?.[lane]
        if (ended || channel?.readyState !== 'open') return false
        if (lane === 'doc' && channel.bufferedAmount >= DOC_HIGH_WATER_BYTES) return false
        return sent(channel, frame)
      },
      bufferedBytes: (lane) => channels?.[lane].bufferedAmount ?? 0,
      close() {
        ended = true
        peer.destroy()
      },
    }
  }

type Channels = Readonly<Record<Lane, RTCDataChannel>>

function openChannels(
  peer: SimplePeer,
  events: WireEvents,
  now: () => number,
): Channels | undefined {
  const { _pc: connection, _channel: doc } = peer
  if (!connection || !doc) return undefined
  const live = connection.createDataChannel('live', LIVE_CHANNEL)
  const clock = connection.createDataChannel('clock', CLOCK_CHANNEL)
  const channels = { doc, live, clock }
  doc.bufferedAmountLowThreshold = DOC_LOW_WATER_BYTES
  doc.addEventListener('bufferedamountlow', events.onDrained)
  for (const lane of ['live', 'clock'] as const) {
    const channel = channels[lane]
    channel.binaryType = 'arraybuffer'
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const arrivedMs = now()
      const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : undefined
      events.onFrame(lane, frame, arrivedMs)
    })
  }
  const all = Object.values(channels)
  for (const channel of all) {
    channel.addEventListener('open', () => {
      if (all.every(({ readyState }) => readyState === 'open')) events.onOpen()
    })
  }
  return channels
}

/** A channel may close between the look at its state and the send. */
function sent(channel: RTCDataChannel, frame: Uint8Array): boolean {
  try {
    channel.send(new Uint8Array(frame))
    return true
  } catch {
    // Its `close` event is on the way and tells the link.
    return false
  }
}

const toRtcIceServer = ({ urls, ...rest }: IceServer): RTCIceServer => ({
  ...rest,
  urls: typeof urls === 'string' ? urls : [...urls],
})
