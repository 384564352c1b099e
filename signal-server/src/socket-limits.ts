/** What one socket may do before the server says no. Counts, bytes and milliseconds, all above 0. */
export interface SocketLimits {
  /** From its opening to its hello. */
  readonly helloTimeoutMs: number
  /** Nothing heard for so long, pings unanswered, is an end. */
  readonly silenceMs: number
  /** Frames of text at once, and a second in the long run. */
  readonly frameBurst: number
  readonly framesPerSecond: number
  /** The same for their bytes. */
  readonly byteBurst: number
  readonly bytesPerSecond: number
  /** So many frames refused, and it is closed. */
  readonly maxRefusals: number
  /** So much waiting to be read, and its reader is cut off. */
  readonly maxUnreadBytes: number
}
