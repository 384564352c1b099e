import type { OutputReading } from '../clock/output-reading.ts'
import { createEvents } from '../lib/events.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'
import type { SoundState } from './states.ts'

/** A loudspeaker for tests: its context began at 0 ms of our clock, and is heard 40 ms later. */
export interface FakeSpeaker extends Pick<AudioOutput, 'read' | 'sampleRate' | 'click' | 'onBeat'> {
  readonly state: LiveSource<SoundState>
  /** The audio thread says that it runs. */
  beat(): void
  /** Clicks that sound or will, by second of the context, in order. */
  clicks(): readonly number[]
  /** The context stands still, with or without saying so; undone, it goes on where it stood. */
  halt(says: boolean): Undo
}

export const HEARD_AFTER_MS = 40
const RATE = 48_000

export function createFakeSpeaker(timers: Timers): FakeSpeaker {
  const state = createLive<SoundState>({ status: 'running' })
  const planned = new Set<number>()
  const events = createEvents<{ beat: [] }>()
  let missedMs = 0
  let haltedMs: number | undefined

  const contextMs = (): number => (haltedMs ?? timers.now()) - missedMs
  return {
    state,
    sampleRate: RATE,
    read(): OutputReading | undefined {
      if (state.read().status !== 'running') return undefined
      return {
        nowMs: timers.now(),
        currentTime: contextMs() / 1000,
        contextTime: (contextMs() - HEARD_AFTER_MS) / 1000,
        performanceTime: timers.now(),
        outputLatency: 0.03,
        baseLatency: 512 / RATE,
      }
    },
    onBeat: (listener) => events.on('beat', listener),
    beat() {
      events.emit('beat')
    },
    click(audioSeconds) {
      planned.add(audioSeconds)
      return () => planned.delete(audioSeconds)
    },
    clicks: () => [...planned].sort((a, b) => a - b),
    halt(says) {
      haltedMs = timers.now()
      if (says) state.set({ status: 'interrupted' })
      return () => {
        missedMs += timers.now() - (haltedMs ?? 0)
        haltedMs = undefined
        if (says) state.set({ status: 'running' })
      }
    },
  }
}
