import { createLive, type Live, type LiveSource } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Song } from '../sequence/song.ts'
import { createPageWakes } from '../net/page-wake.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import { createSpeakerClock, type SpeakerClock } from './speaker-clock.ts'
import { createPlayer, type ComingSong, type Player } from './player.ts'
import type { Drawer } from './storage.ts'
import { createTrim, type Trim } from './trim.ts'

/** When this device sounds: the song on it, and what puts it right. */
export interface DeviceTiming extends Trim {
  /** From the engine to the ear, ms, as far as browser and person know. */
  latencyMs(): number
  readonly speaker: Pick<SpeakerClock, 'frameAt' | 'onChange'>
  /** While true nothing of the song is heard here. */
  readonly hushed: LiveSource<boolean>
  readonly tempo: Player['tempo']
  readonly close: Undo
}

export interface DeviceTimingOptions {
  readonly page: Window
  readonly drawer: Drawer
  readonly jam: Jam
  /** As this person hears it. */
  readonly song: Live<Song>
  readonly coming: Live<ComingSong | undefined>
  readonly output: AudioOutput
  readonly timers: Timers
  /** While true nothing of the song is played. */
  readonly isOut: Live<boolean>
}

export function createDeviceTiming(options: DeviceTimingOptions): DeviceTiming {
  const { jam, output, timers, isOut } = options
  const scope = createScope()
  const trim = createTrim(options.drawer)
  const speaker = createSpeakerClock({
    clock: jam.clock,
    output,
    timers,
    wakes: createPageWakes(options.page),
    trimMs: trim.trimMs,
  })
  scope.own(speaker.close)
  const hushed = createLive(false)
  // Nobody finds a click in the middle of a song, and nobody should hear one whose time is still being found.
  const silenced = createLive(true)
  const judge = (): void => {
    silenced.set(isOut.read() || !jam.clock.isGood.read() || hushed.read())
  }
  judge()
  scope.own(jam.clock.isGood.subscribe(judge))
  scope.own(isOut.subscribe(judge))
  scope.own(hushed.subscribe(judge))
  const player = createPlayer({ ...options, speaker, silenced })
  scope.own(player.close)
  return {
    ...player,
    ...trim,
    speaker,
    hushed,
    latencyMs: () => output.latencyMs() + Math.max(0, trim.trimMs.read()),
    close: scope.close,
  }
}
