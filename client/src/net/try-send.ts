/** @returns false when the channel closed between the look at its state and the send */
export function trySend(
  channel: Pick<RTCDataChannel, 'send'>,
  frame: Uint8Array<ArrayBuffer>,
): boolean {
  try {
    channel.send(frame)
    return true
  } catch {
    // Its `close` event is on the way and tells the link.
    return false
  }
}
