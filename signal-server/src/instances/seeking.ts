import type { RoomId } from '@beatcord/shared'
import type { Clock } from '../clock.ts'
import type { Claim, Directory, InstanceId } from './directory.ts'

export interface SeekingOptions {
  readonly directory: Pick<Directory, 'claim' | 'isUp'>
  readonly clock: Clock
  readonly name: () => RoomId
  readonly found: (claim: Claim) => void
}

/** Looks for the home of one room. */
export interface Seeking {
  /** Takes the room, or finds out whose it is; soon, where that was asked just now. @param lost an instance that is known to be gone */
  seek(lost?: InstanceId): void
  /** Whether it is to be asked once more. */
  isDue(): boolean
}

const SEEK_EVERY_MS = 500

export function createSeeking({ directory, clock, name, found }: SeekingOptions): Seeking {
  let isSeeking = false
  let isToSeek = false
  let soughtMs = -Infinity
  return {
    seek(lost) {
      if (isSeeking || !directory.isUp()) return
      // Else two who each take the other for the home would ask without end.
      if (lost === undefined && clock.nowMs() - soughtMs < SEEK_EVERY_MS) {
        isToSeek = true
        return
      }
      isSeeking = true
      isToSeek = false
      soughtMs = clock.nowMs()
      directory.claim(name(), lost).then(
        (claim) => {
          isSeeking = false
          found(claim)
        },
        () => {
          isSeeking = false
        },
      )
    },
    isDue: () => isToSeek,
  }
}
