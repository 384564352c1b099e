import type { IceServer } from '@beatcord/shared'
import SimplePeer from 'simple-peer/simplepeer.min.js'
import type { Live } from '../lib/live.ts'
import { createClockPort } from './clock-port.ts'
import type { ClockPort } from './clock-port.ts'
import type { ClockThread } from './clock-thread.ts'
import { parseWireSignal } from './peer-signal.ts'
import { trySend } from './try-send.ts'
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
  /** Owns the clock lanes as far as it can; the page's own thread does where there is none. */
  readonly clockThread?: ClockThread
  /** WebRTC where the platform has none of its own. */
  readonly wrtc?: object
}

/** Makes connections with simple-peer: its own channel is the doc lane, two negotiated ones beside it the others. */
export const createSimplePeerWires =
  ({ iceServers, relayOnly, now, clockThread, wrtc }: SimplePeerWireOptions): CreateWire =>
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
    const lanes = openLanes(peer, { events, now, clockThread, onLost: destroy })
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

    function destroy(): void {
      peer.destroy()
    }

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
        if (ended || lanes === undefined) return false
        if (lane === 'clock') return lanes.clock.send(frame)
        const channel = lanes[lane]
        if (channel.readyState !== 'open') return false
        if (lane === 'doc' && channel.bufferedAmount >= DOC_HIGH_WATER_BYTES) return false
        return trySend(channel, new Uint8Array(frame))
      },
      bufferedBytes(lane) {
        if (lane === 'clock') return lanes?.clock.bufferedBytes() ?? 0
        return lanes?.[lane].bufferedAmount ?? 0
      },
      close() {
        ended = true
        lanes?.clock.close()
        peer.destroy()
      },
    }
  }

interface Lanes {
  readonly doc: RTCDataChannel
  readonly live: RTCDataChannel
  readonly clock: ClockPort
}

interface LanesOptions extends Pick<SimplePeerWireOptions, 'now'> {
  readonly events: WireEvents
  readonly clockThread: ClockThread | undefined
  /** The clock lane's channel is gone with its owner: so is the connection. */
  readonly onLost: () => void
}

function openLanes(peer: SimplePeer, options: LanesOptions): Lanes | undefined {
  const { events, now } = options
  const { _pc: connection, _channel: doc } = peer
  if (!connection || !doc) return undefined
  const live = connection.createDataChannel('live', LIVE_CHANNEL)
  const clockChannel = connection.createDataChannel('clock', CLOCK_CHANNEL)
  const clockEvents = {
    onOpen: openWithAll,
    onFrame(frame: Uint8Array | undefined, arrivedMs: number) {
      events.onFrame('clock', frame, arrivedMs)
    },
    onLost: options.onLost,
  }
  const clock =
    options.clockThread?.take(clockChannel, clockEvents) ??
    createClockPort(clockChannel, clockEvents, now)

  function openWithAll(): void {
    const areOpen = [doc, live].every((channel) => channel?.readyState === 'open')
    if (areOpen && clock.isOpen()) events.onOpen()
  }

  doc.bufferedAmountLowThreshold = DOC_LOW_WATER_BYTES
  doc.addEventListener('bufferedamountlow', events.onDrained)
  live.binaryType = 'arraybuffer'
  live.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const arrivedMs = now()
    const frame = data instanceof ArrayBuffer ? new Uint8Array(data) : undefined
    events.onFrame('live', frame, arrivedMs)
  })
  for (const channel of [doc, live]) channel.addEventListener('open', openWithAll)
  return { doc, live, clock }
}

const toRtcIceServer = ({ urls, ...rest }: IceServer): RTCIceServer => ({
  ...rest,
  urls: typeof urls === 'string' ? urls : [...urls],
})
