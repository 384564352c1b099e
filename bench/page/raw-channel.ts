/** Frames of the bench's own channel: a kind, a number, and ballast up to the size wanted. */
export interface RawFrame {
  readonly kind: 'payload' | 'ping' | 'pong'
  readonly number: number
  /** Of a pong: the answering page's clock. */
  readonly atMs: number
}

const KINDS = ['payload', 'ping', 'pong'] as const
const HEAD_BYTES = 1 + 4 + 8
/** Far from those of the product. */
const CHANNEL_ID = 200
/** Tells the bench's own channels from those it counts on. */
export const RAW_LABEL = 'bench'

export function encodeRawFrame(
  { kind, number, atMs }: RawFrame,
  size = HEAD_BYTES,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(size, HEAD_BYTES))
  const view = new DataView(bytes.buffer)
  view.setUint8(0, KINDS.indexOf(kind))
  view.setUint32(1, number)
  view.setFloat64(5, atMs)
  return bytes
}

export function decodeRawFrame(bytes: ArrayBuffer): RawFrame {
  const view = new DataView(bytes)
  const kind = KINDS[view.getUint8(0)]
  if (kind === undefined) throw new RangeError('a raw frame must have a known kind')
  return { kind, number: view.getUint32(1), atMs: view.getFloat64(5) }
}

/** A channel of our own on a connection of the product, as lossless and unordered as the product's document channel. */
export async function openRawChannel(connection: RTCPeerConnection): Promise<RTCDataChannel> {
  const channel = connection.createDataChannel(RAW_LABEL, {
    negotiated: true,
    id: CHANNEL_ID,
    ordered: false,
  })
  channel.binaryType = 'arraybuffer'
  if (channel.readyState !== 'open') {
    await new Promise((resolve) => {
      channel.addEventListener('open', resolve, { once: true })
    })
  }
  return channel
}
