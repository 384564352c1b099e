/** Somebody says that you have written under this Yjs client up to this clock, and you have not said so. */
export interface DoubtFrame {
  readonly client: number
  readonly clock: number
}

const FRAME_BYTES = 16

/** Two doubles: no client id has more than 53 bits. */
export function encodeDoubt({ client, clock }: DoubtFrame): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES)
  const view = new DataView(frame.buffer)
  view.setFloat64(0, client)
  view.setFloat64(8, clock)
  return frame
}

/** Undefined when it is none. Never throws. */
export function decodeDoubt(frame: Uint8Array): DoubtFrame | undefined {
  if (frame.length !== FRAME_BYTES) return undefined
  const view = new DataView(frame.buffer, frame.byteOffset)
  const [client, clock] = [view.getFloat64(0), view.getFloat64(8)]
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock) ? { client, clock } : undefined
}
