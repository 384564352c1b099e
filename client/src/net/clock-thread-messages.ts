/** What the page says to the thread that owns the clock lanes. Each channel has a number of its own. */
export type ToClockThread =
  /** First of all: when the page began, ms since 1970 (`performance.timeOrigin`). */
  | { readonly kind: 'begin'; readonly originMs: number }
  /** What time is it? */
  | { readonly kind: 'ask' }
  /** Your time is behind the page's by so much. */
  | { readonly kind: 'correct'; readonly byMs: number }
  | { readonly kind: 'take'; readonly id: number; readonly channel: RTCDataChannel }
  | { readonly kind: 'send'; readonly id: number; readonly frame: Uint8Array }
  | { readonly kind: 'close'; readonly id: number }

export type FromClockThread =
  /** The page's monotonic time, as the thread believes. */
  | { readonly kind: 'reading'; readonly ms: number }
  | { readonly kind: 'open'; readonly id: number }
  | { readonly kind: 'closed'; readonly id: number }
  /** No `frame` when it was text. */
  | {
      readonly kind: 'frame'
      readonly id: number
      readonly frame: Uint8Array | undefined
      readonly arrivedMs: number
    }
