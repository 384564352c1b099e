/** What a message on a data channel is: an edit, a second copy of one, or what is sent without anybody's doing. */
export type MessageKind = 'edit' | 'copy' | 'background'

/** Tells what a message is by its bytes and by whether its channel is a reliable one. */
export type Classify = (bytes: Uint8Array, isReliable: boolean) => MessageKind

/** Of a frame of our doc lane. */
const FRAME_HEAD_BYTES = 8
/** First byte of a message of the link's user, not of the link's own. */
const OF_USER = 0
const SYNC = 0
const UPDATE = 2
const FORWARD = 120

export const ourKind: Classify = (bytes, isReliable) => {
  if (!isReliable) return bytes[0] === 0 && bytes[1] === 0 ? 'copy' : 'background'
  const [whose, kind, step] = bytes.subarray(FRAME_HEAD_BYTES)
  if (whose !== OF_USER) return 'background'
  return (kind === SYNC && step === UPDATE) || kind === FORWARD ? 'edit' : 'background'
}

export const stockKind: Classify = (bytes) =>
  bytes[0] === SYNC && bytes[1] === UPDATE ? 'edit' : 'background'

export const isReliable = ({
  maxPacketLifeTime,
  maxRetransmits,
}: Pick<RTCDataChannel, 'maxPacketLifeTime' | 'maxRetransmits'>): boolean =>
  maxPacketLifeTime === null && maxRetransmits === null

export function toBytes(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return new TextEncoder().encode(String(data))
}

/** The first look at what is sent, and then the sending itself. */
export function replaceSend<T extends { send: (data: never) => void }>(
  prototype: T,
  look: (sender: T, data: unknown) => void,
): void {
  const send = prototype.send
  const looking = function (this: T, data: never, ...rest: never[]): void {
    look(this, data)
    Reflect.apply(send, this, [data, ...rest])
  }
  Object.defineProperty(prototype, 'send', { value: looking })
}
