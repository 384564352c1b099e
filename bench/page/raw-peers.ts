import { decodeRawFrame, encodeRawFrame, openRawChannel } from './raw-channel.ts'

const PINGS = 200

/** The bench's own channels beside the product's, one on each connection. */
export interface RawPeers {
  /** Sends the number to everybody, in a message of that size. */
  sendAll(number: number, bytes: number): void
  /** Each peer's `performance.now()` minus this page's, by the fastest of many round trips. */
  offsetsMs(): Promise<Readonly<Record<string, number>>>
}

/** Opens a channel on each connection; resolves when the other ends have done so too. */
export async function openRawPeers(
  connections: ReadonlyMap<string, RTCPeerConnection>,
  onPayload: (number: number, atMs: number) => void,
): Promise<RawPeers> {
  const opened = await Promise.all(
    [...connections].map(
      async ([peer, connection]) => [peer, await openRawChannel(connection)] as const,
    ),
  )
  for (const [, channel] of opened) {
    channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
      const atMs = performance.now()
      const { kind, number } = decodeRawFrame(data)
      if (kind === 'payload') onPayload(number, atMs)
      if (kind === 'ping') channel.send(encodeRawFrame({ kind: 'pong', number, atMs }))
    })
  }
  return {
    sendAll(number, bytes) {
      const frame = encodeRawFrame({ kind: 'payload', number, atMs: 0 }, bytes)
      for (const [, channel] of opened) channel.send(frame)
    },
    async offsetsMs() {
      const offsets: Record<string, number> = {}
      for (const [peer, channel] of opened) offsets[peer] = await offsetOf(channel)
      return offsets
    },
  }
}

/** The other page's `performance.now()` minus this one's. */
export async function offsetOf(channel: RTCDataChannel): Promise<number> {
  let best = { tripMs: Infinity, offsetMs: 0 }
  for (let number = 0; number < PINGS; number++) {
    const sentMs = performance.now()
    const answer = pongOf(channel, number)
    channel.send(encodeRawFrame({ kind: 'ping', number, atMs: 0 }))
    const { theirMs, backMs } = await answer
    const tripMs = backMs - sentMs
    if (tripMs < best.tripMs) best = { tripMs, offsetMs: theirMs - (sentMs + backMs) / 2 }
  }
  return best.offsetMs
}

function pongOf(
  channel: RTCDataChannel,
  wanted: number,
): Promise<{ theirMs: number; backMs: number }> {
  return new Promise((resolve) => {
    const listen = ({ data }: MessageEvent<ArrayBuffer>): void => {
      const backMs = performance.now()
      const { kind, number, atMs } = decodeRawFrame(data)
      if (kind !== 'pong' || number !== wanted) return
      channel.removeEventListener('message', listen)
      resolve({ theirMs: atMs, backMs })
    }
    channel.addEventListener('message', listen)
  })
}
