import type { Undo } from '../lib/scope.ts'
import type { SlotPart } from '../net/slot-envelope.ts'
import { SONG_PART, type SlotRead } from './slot-reader.ts'

/** Parts of a slot that are no song. */
export interface Beside {
  /** As they are at this moment; the same bytes are the same object. */
  parts(): readonly SlotPart[]
  /** Takes in those of a slot that was read. */
  take(parts: readonly SlotPart[]): Promise<void>
  onChange(listener: Undo): Undo
}

/** What of a slot is no song. */
export const besideIn = ({
  contents,
}: Extract<SlotRead, { outcome: 'read' }>): readonly SlotPart[] =>
  contents.parts.filter(({ name }) => name !== SONG_PART)

export const areSameParts = (some: readonly SlotPart[], others: readonly SlotPart[]): boolean =>
  some.length === others.length &&
  some.every(({ name, bytes }, index) => {
    const other = others[index]
    return other?.name === name && isSameBytes(bytes, other.bytes)
  })

const isSameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one === other ||
  (one.length === other.length && one.every((byte, index) => byte === other[index]))
