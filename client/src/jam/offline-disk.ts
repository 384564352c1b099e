import { clearDocument } from 'y-indexeddb'
import * as Y from 'yjs'
import { isFork } from './offline-fork.ts'
import { openSongDisk, type SongDisk } from './song-disk.ts'
import { readOnce, writeOnce } from './song-store.ts'

/** Keeps what is written out of reach, through a reload. */
export interface OfflineDisk {
  /** What an earlier page left; undefined when nothing. */
  read(): Promise<Y.Doc | undefined>
  /** Keeps this fork from now on, in place of what was kept. */
  keep(fork: Y.Doc): void
  /** Keeps no more of it; what is kept stays. */
  rest(): void
  forget(): void
}

/** @param name  tells rooms apart; without it nothing is kept */
export function openOfflineDisk(name: string | undefined): OfflineDisk {
  if (name === undefined) return NO_DISK
  const kept = `beatcord/offline/${name}`
  let disk: SongDisk | undefined
  /** One after the other: a fork must not be read into the one that takes its place. */
  let last: Promise<unknown> = Promise.resolve()
  let wanted: Y.Doc | undefined

  const then = (work: () => Promise<unknown>): void => {
    // Without room on the disk it lives as long as the page, as the song itself does then.
    last = last.then(work).catch(() => undefined)
  }
  const rest = (): void => {
    wanted = undefined
    disk?.close()
    disk = undefined
  }
  return {
    async read() {
      const doc = await readOnce(kept)
      return doc !== undefined && isFork(doc) ? doc : undefined
    },
    keep(fork) {
      rest()
      wanted = fork
      then(async () => {
        if (wanted !== fork) return
        await writeOnce(kept, Y.encodeStateAsUpdate(fork))
        if (wanted !== fork) return
        disk = openSongDisk(kept, fork, () => undefined)
        await disk.read
      })
    },
    rest,
    forget() {
      rest()
      then(() => clearDocument(kept))
    },
  }
}

const NO_DISK: OfflineDisk = {
  read: () => Promise.resolve(undefined),
  keep: () => undefined,
  rest: () => undefined,
  forget: () => undefined,
}
