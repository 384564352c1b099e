import * as Y from 'yjs'
import { createLive } from '../lib/live.ts'
import { ANA, BO, type Jammer, type JamStage } from './jam-stage.ts'
import type { OfflineDisk } from './offline-disk.ts'
import { createOfflineKeeper, type OfflineKeeper, type Reach } from './offline-keeper.ts'
import { createSettling } from './offline-settling.ts'

interface MemoryDisk extends OfflineDisk {
  kept: Uint8Array | undefined
}

interface TravelOptions {
  /** Whether this browser ever met somebody in the room. */
  readonly hasMet?: boolean
  readonly disk?: MemoryDisk
  readonly reached?: Reach
}

/** As a browser's database, between two pages. */
function memoryDisk(): MemoryDisk {
  let fork: Y.Doc | undefined
  const disk: MemoryDisk = {
    kept: undefined,
    read() {
      if (disk.kept === undefined) return Promise.resolve(undefined)
      const doc = new Y.Doc()
      Y.applyUpdate(doc, disk.kept)
      return Promise.resolve(doc)
    },
    keep(next: Y.Doc) {
      fork = next
      disk.kept = Y.encodeStateAsUpdate(next)
      next.on('update', () => {
        if (fork === next) disk.kept = Y.encodeStateAsUpdate(next)
      })
    },
    rest() {
      fork = undefined
    },
    forget() {
      fork = undefined
      disk.kept = undefined
    },
  }
  return disk
}

/** Somebody who goes offline and comes back. */
export interface Traveller extends Jammer {
  readonly keeper: OfflineKeeper
  readonly disk: MemoryDisk
  /** Nobody is in reach from now on. */
  goOffline(): void
  comeBack(): void
}

/** @param reached  what is in reach when the page begins */
export async function travel(
  stage: JamStage,
  jammer: Jammer,
  { hasMet = true, disk = memoryDisk(), reached = 'room' }: TravelOptions = {},
): Promise<Traveller> {
  const { jam, mesh, timers } = jammer
  const reach = createLive<Reach>(reached)
  const keeper = createOfflineKeeper({
    jam,
    reach,
    hasMet: () => hasMet,
    disk,
    settle: (onSettled) =>
      createSettling(
        {
          mesh,
          doc: () => jam.copies.shared().doc,
          others: () => mesh.peers().length,
          timers,
        },
        onSettled,
      ),
    timers,
  })
  // What the disk had is read.
  await new Promise((resolve) => setImmediate(resolve))
  return {
    ...jammer,
    keeper,
    disk,
    goOffline() {
      stage.meshes.partition(ANA, BO)
      reach.set('nobody')
    },
    comeBack() {
      stage.meshes.heal(ANA, BO)
      reach.set('room')
    },
  }
}
