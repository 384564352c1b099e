import { bpmIn } from '../clock/segment.ts'
import { beatAt, isPlayingAt, segmentAt } from '../clock/tempo-map.ts'
import type { Jam } from '../jam/jam.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'
import type { AudioOutput } from './audio-output.ts'
import { createClickDesk } from './click.ts'
import { createGlideBars } from './glide-bars.ts'
import { createLeads, type Leads } from './leads.ts'
import type { Session } from './session-types.ts'
import type { Drawer } from './storage.ts'
import { createTransportDesk, type TransportDesk } from './transport-desk.ts'

/** All that has to do with when, and what the page gets of it. */
export interface Timing {
  readonly transport: TransportDesk
  /** How far ahead what is agreed has to lie. */
  readonly leads: Leads
  readonly page: Pick<
    Session,
    | 'transport'
    | 'play'
    | 'stop'
    | 'setTempo'
    | 'glideBars'
    | 'setGlideBars'
    | 'click'
    | 'setClick'
    | 'heardBeat'
    | 'heardTempo'
  >
  close: Undo
}

export interface TimingOptions {
  readonly jam: Jam
  readonly output: Pick<AudioOutput, 'engine'>
  /** From the engine to the ear, ms: nothing can be heard sooner. */
  readonly latencyMs: () => number
  readonly timers: Timers
  readonly drawer: Drawer
  readonly self: () => string
  /** How many links are open. */
  readonly links: () => number
  /** While true nothing of the song is heard here. */
  readonly silenced: Live<boolean>
}

export function createTiming(options: TimingOptions): Timing {
  const { jam, output, timers, drawer } = options
  const scope = createScope()
  const { click, set: setClick, close: closeClick } = createClickDesk(drawer, output.engine)
  scope.own(closeClick)
  const glide = createGlideBars(drawer)
  const leads = createLeads({ clock: jam.clock, ...options })
  const transport = createTransportDesk({
    jam,
    timers,
    self: options.self,
    leads,
    glideBeats: () => glide.bars.read() * BEATS_PER_BAR,
    countInBeats: () => (click.read().countIn ? BEATS_PER_BAR : 0),
  })
  scope.own(transport.close)

  /** Undefined while nothing is heard. */
  const heard = <T>(what: (nowMs: number) => T): T | undefined => {
    const nowMs = jam.clock.sharedMsAt(timers.now())
    const plays = isPlayingAt(jam.transport.read(), nowMs) && !options.silenced.read()
    return plays ? what(nowMs) : undefined
  }
  return {
    transport,
    leads,
    page: {
      transport: transport.view,
      play: transport.play,
      stop: transport.stop,
      setTempo: transport.setTempo,
      glideBars: glide.bars,
      setGlideBars: glide.set,
      click,
      setClick,
      heardBeat: () => heard((nowMs) => beatAt(jam.transport.read(), nowMs)),
      heardTempo: () => heard((nowMs) => bpmIn(segmentAt(jam.transport.read(), nowMs), nowMs)),
    },
    close: scope.close,
  }
}
