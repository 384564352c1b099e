import type { ComingRiff, Riffs } from '../../app/riff-types.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import type { Riff } from '../../sequence/riff.ts'

/** Riffs of nobody: whoever holds them also plays the room. */
export interface LocalRiffs extends Riffs {
  readonly list: LiveSource<readonly Riff[]>
  readonly listening: LiveSource<Riff | undefined>
  readonly coming: LiveSource<ComingRiff | undefined>
  /** Names that riffs were kept under, latest last. */
  readonly kept: readonly string[]
  /** Ids of what was brought back, forked and saved, latest last. */
  readonly asked: readonly string[]
}

export function createLocalRiffs(): LocalRiffs {
  const list = createLive<readonly Riff[]>([])
  const listening = createLive<Riff | undefined>(undefined)
  const kept: string[] = []
  const asked: string[] = []
  return {
    list,
    kept,
    asked,
    keep(name) {
      kept.push(name)
      return Promise.resolve()
    },
    listening,
    listen: (id) => listening.set(list.read().find((riff) => riff.id === id)),
    bringBack: (id) => asked.push(`back ${id}`) > 0,
    coming: createLive<ComingRiff | undefined>(undefined),
    forget: (id) => list.set(list.read().filter((riff) => riff.id !== id)),
    fork(id) {
      asked.push(`fork ${id}`)
      return Promise.resolve('/jam#~new.0123456789012345678901')
    },
    save(id) {
      asked.push(`save ${id}`)
      return Promise.resolve(new Blob(['{}']))
    },
  }
}
