import type { ComingRiff, Riffs } from '../../app/riff-types.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import type { Riff } from '../../sequence/riff.ts'

/** Riffs of nobody: whoever holds them also plays the room. */
export interface LocalRiffs extends Riffs {
  readonly list: LiveSource<readonly Riff[]>
  readonly listening: LiveSource<Riff | undefined>
  readonly coming: LiveSource<ComingRiff | undefined>
  /** What was recorded, oldest first. */
  readonly past: Riff[]
  /** Names that riffs were kept under, latest last. */
  readonly kept: readonly string[]
  /** Ids of what was brought back, forked and saved, latest last. */
  readonly asked: readonly string[]
}

export function createLocalRiffs(): LocalRiffs {
  const list = createLive<readonly Riff[]>([])
  const listening = createLive<Riff | undefined>(undefined)
  const isOn = createLive(true)
  const past: Riff[] = []
  const kept: string[] = []
  const asked: string[] = []
  return {
    list,
    kept,
    asked,
    keep(name, moment) {
      kept.push(moment === undefined ? name : `${name}of ${moment.bpm} bpm`)
      return Promise.resolve()
    },
    listening,
    listen: listening.set,
    replay: {
      isOn,
      setOn: isOn.set,
      moments: () => Promise.resolve(past.map(({ atMs }) => atMs)),
      songAt: (place) => Promise.resolve(past[place]),
      clear() {
        past.length = 0
        return Promise.resolve()
      },
    },
    past,
    bringBack: (id) => asked.push(`back ${id}`) > 0,
    coming: createLive<ComingRiff | undefined>(undefined),
    forget: (id) => list.set(list.read().filter((riff) => riff.id !== id)),
    fork(id) {
      asked.push(`fork ${id}`)
      return Promise.resolve('/jam#~new.0123456789012345678901')
    },
    remixLink: (id) => `/remix#${id}`,
    save(id) {
      asked.push(`save ${id}`)
      return Promise.resolve(new Blob(['{}']))
    },
  }
}
