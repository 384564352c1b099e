import { lastAsked, withPlay, withStop, withTempo } from '../clock/tempo-map.ts'
import type { Transport } from '../clock/transport.ts'
import type { Jam } from '../jam/jam.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { MAX_BPM, MIN_BPM, type Bpm } from '../sequence/time.ts'
import type { Leads } from './leads.ts'
import type { TransportView } from './session-types.ts'

/** Play, stop and tempo: agreed for a moment ahead, so that everybody has heard of it when it comes. */
export interface TransportDesk {
  readonly view: Live<TransportView>
  play(): void
  stop(): void
  setTempo(bpm: Bpm): void
  /** Writes what still waits to be written. */
  flush(): void
  close: Undo
}

export interface TransportDeskOptions {
  readonly jam: Pick<Jam, 'transport' | 'setTransport' | 'clock' | 'writable'>
  readonly timers: Timers
  readonly self: () => string
  readonly leads: Leads
  /** Over how many beats another tempo glides there, 0 for at once. */
  readonly glideBeats: () => number
  /** How many beats are counted before a song begins that this person starts. */
  readonly countInBeats: () => number
}

const TEMPO_PERIOD_MS = 250
/** No honest tempo lies farther ahead. */
const LONGEST_WAIT_MS = 2000

export function createTransportDesk(options: TransportDeskOptions): TransportDesk {
  const { jam, timers, leads } = options
  const scope = createScope()
  const view = createLive<TransportView>(lastAsked(jam.transport.read()))

  const change = (how: (transport: Transport, nowMs: number) => Transport): void => {
    const transport = jam.transport.read()
    const next = how(transport, jam.clock.sharedMsAt(timers.now()))
    if (next !== transport) jam.setTransport(next)
  }
  /** Before there is a shared time nothing can be agreed: the wish waits for it. */
  const whenTimed = (act: () => void): void => {
    if (jam.clock.sessionId() !== '') {
      act()
      return
    }
    const undo = scope.own(
      jam.clock.onChange(() => {
        undo()
        act()
      }),
    )
  }

  scope.own(
    jam.transport.subscribe((transport) => {
      const { playing, bpm } = lastAsked(transport)
      const shown = view.read()
      if (shown.playing !== playing || shown.bpm !== bpm) view.set({ playing, bpm })
    }),
  )
  /** The tempo that was asked for last and is not written yet. */
  let wanted: Bpm | undefined
  let undoWait: Undo | undefined
  const pursueTempo = (): void => {
    undoWait = undefined
    if (wanted === undefined) return
    const nowMs = jam.clock.sharedMsAt(timers.now())
    const comesMs = msToNextTempo(jam.transport.read(), nowMs)
    if (comesMs === 0) writeTempo()
    undoWait = timers.after(Math.max(TEMPO_PERIOD_MS, comesMs), pursueTempo)
  }
  const writeTempo = (): void => {
    const tempo = wanted
    wanted = undefined
    if (tempo === undefined) return
    const how = { glideBeats: options.glideBeats(), onBeat: !leads.isAlone() }
    change((transport, nowMs) =>
      withTempo(transport, tempo, nowMs, leads.changeMs(), options.self(), how),
    )
  }
  const flush = (): void => {
    if (jam.clock.sessionId() !== '') writeTempo()
  }
  scope.own(() => undoWait?.())
  return {
    view,
    play() {
      whenTimed(() => {
        const countIn = options.countInBeats()
        change((transport, nowMs) =>
          withPlay(transport, nowMs, leads.playMs(), options.self(), countIn),
        )
      })
    },
    stop() {
      whenTimed(() => {
        change((transport, nowMs) => withStop(transport, nowMs, leads.stopMs(), options.self()))
      })
    },
    setTempo(bpm) {
      const tempo = Math.round(Math.min(MAX_BPM, Math.max(MIN_BPM, bpm)))
      if (!Number.isFinite(tempo) || jam.writable.read() === 'newer-song') return
      view.set({ ...view.read(), bpm: tempo })
      wanted = tempo
      whenTimed(() => {
        if (undoWait === undefined) pursueTempo()
      })
    },
    flush,
    close: scope.close,
  }
}

/**
 * How long until a tempo that is agreed but has not come yet: replacing it would only put it off, and for as long as
 * somebody drags, for ever.
 */
function msToNextTempo({ next, playing }: Transport, nowMs: number): number {
  if (next === undefined || next.playing !== playing) return 0
  return Math.min(LONGEST_WAIT_MS, Math.max(0, next.sharedMs - nowMs))
}
