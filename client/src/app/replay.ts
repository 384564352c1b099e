import type { Jam } from '../jam/jam.ts'
import { createRecording, type Recording, songAfter, type Take } from '../jam/recording.ts'
import { createTakeStore } from '../jam/take-store.ts'
import { createLive } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { RIFF_WORDS } from '../words/riffs.ts'
import type { Replay } from './riff-types.ts'
import type { Drawer } from './storage.ts'

export interface ReplayOptions {
  readonly jam: Pick<Jam, 'copy'>
  readonly timers: Timers
  readonly drawer: Drawer
  /** Names the room in this browser. */
  readonly tag: string
}

const KEY = 'replay'
const OFF = 'off'

/** Records how the song is written, unless this person does without. */
export function createReplay(options: ReplayOptions): Replay & { readonly close: Undo } {
  const { jam, timers, drawer } = options
  const store = createTakeStore(options.tag)
  const isOn = createLive(drawer.read(KEY) !== OFF)
  let recording: Recording | undefined
  /** As they were counted last. */
  let takes: readonly Take[] = []

  const follow = (): void => {
    recording?.close()
    recording = isOn.read() ? createRecording({ copy: jam.copy, store, timers }) : undefined
  }
  follow()
  return {
    isOn,
    setOn(on) {
      isOn.set(on)
      drawer.write(KEY, on ? '' : OFF)
      follow()
    },
    async moments() {
      takes = await (recording?.takes() ?? store.read())
      return takes.map(({ atMs }) => atMs)
    },
    songAt(place) {
      const last = takes[place]
      if (last === undefined) return Promise.resolve(undefined)
      const name = RIFF_WORDS.asAt(new Date(last.atMs))
      const by = { name: '', colour: 0 }
      const past = songAfter(takes.slice(0, place + 1))
      return Promise.resolve({ id: '', name, atMs: last.atMs, by, ...past })
    },
    async clear() {
      takes = []
      await (recording?.clear() ?? store.replace([]))
    },
    close: () => recording?.close(),
  }
}
