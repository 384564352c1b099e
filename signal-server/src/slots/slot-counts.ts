import type { SlotAct } from './slot-door.ts'

/** What is wrong with the store, or was. */
export type SlotTrouble =
  /** It could not be opened or reached. */
  | 'away'
  /** It had broken files, and was put in order. */
  | 'mended'
  /** Something was not written, as with a disk that is full. */
  | 'not-written'
  /** A version was not as it was written: the one before is served. */
  | 'broken'

/** What is counted of slots; whose they are is nowhere in it. */
export interface SlotCounts {
  /** @param status  of HTTP; `cut` where whoever asked did not wait for the answer */
  slotAnswered(act: SlotAct, status: number | 'cut'): void
  /** Bytes of bodies: `in` were kept, `out` were served. */
  slotPassed(way: 'in' | 'out', bytes: number): void
  slotTrouble(what: SlotTrouble): void
}
