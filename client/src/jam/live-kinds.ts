/** What the jam sends over the live lane, by the frame's first byte. */
export const LIVE_UPDATE = 0
export const LIVE_GESTURE = 1
export const LIVE_CURSOR = 2
export const LIVE_COPY_MARK = 3
export const LIVE_HAVE = 4
export const LIVE_DOUBT = 5
export const LIVE_REACTION = 6
export const LIVE_LOOK = 7
export const LIVE_HAND = 8
export const LIVE_HAND_NEED = 9

export function liveFrame(kind: number, body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(1 + body.length)
  frame[0] = kind
  frame.set(body, 1)
  return frame
}
