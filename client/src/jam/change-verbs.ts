import { type Change, type EditInfo, turnedRound } from './edit-history.ts'
import { ENTRY_BYTES, type SongWriter } from './song-writer.ts'
import type { Refusal } from './writable.ts'

/** Of changes that were made elsewhere. */
export interface ChangeVerbs {
  /** Writes what each place is to be, as one edit. @param along  done in the same transaction, and not taken back with it */
  writeChanges(info: EditInfo, changes: readonly Change[], along?: () => void): Refusal | undefined
}

/** Most that a track takes besides its entries. */
const TRACK_BYTES = 1024

export const createChangeVerbs = ({ edit, putBack }: SongWriter): ChangeVerbs => ({
  writeChanges(info, changes, along) {
    const added = changes.filter(({ after }) => after !== undefined)
    const write = (): void => {
      putBack(changes.map(turnedRound))
      along?.()
    }
    const sizes = added.map(({ place }) => (place.in === 'sheet' ? ENTRY_BYTES : TRACK_BYTES))
    return edit(info, write, {
      makesSmaller: added.length === 0,
      addedBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
    })
  },
})
