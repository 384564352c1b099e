/** Somebody who sits in a room of their own, and asks for what it left behind. */
export interface SlotSeat {
  /** @param expected  the version that must be there; 0: none */
  readonly put: (expected: number, body: Uint8Array<ArrayBuffer>) => Promise<Response>
  readonly get: () => Promise<Response>
  /** Gone, as when a machine loses its network. */
  readonly end: () => void
}

/** @param version of the protocol */
export function takeSlotSeat(port: number, version: number): Promise<SlotSeat>
