import { createAudioMap } from '../clock/audio-map.ts'
import { createEvents } from '../lib/events.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Jam } from '../jam/jam.ts'
import type { Wakes } from '../net/page-wake.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioOutput } from './audio-output.ts'

/** Which audio frame is to be played so that it is heard at a moment of the shared time. */
export interface SpeakerClock {
  /** Fractional; undefined while nothing is known, or no sound runs. */
  frameAt(sharedMs: number): number | undefined
  /** Called when the answer may be another one: ten times a second, and at once when the world changed. */
  onChange(listener: () => void): Undo
  close: Undo
}

export interface SpeakerClockOptions {
  readonly clock: Pick<Jam['clock'], 'localMsAt' | 'onChange'>
  readonly output: Pick<AudioOutput, 'state' | 'read' | 'sampleRate' | 'onBeat'>
  readonly timers: Timers
  readonly wakes: Pick<Wakes, 'onWake'>
  readonly trimMs: Live<number>
}

/** No multiple of any device's buffer, so that readings fall everywhere between its steps. */
const REFRESH_MS = 97

/**
 * Reads the audio's clock again and again: by a timer, and by the audio thread's own beat where the timer sleeps, as in
 * a hidden page, for a device that loses a buffer there is late until that is noticed. The trim is applied here and nowhere else, to all that sounds.
 */
export function createSpeakerClock(options: SpeakerClockOptions): SpeakerClock {
  const { clock, output, timers, trimMs } = options
  const scope = createScope()
  const map = createAudioMap(output.sampleRate)
  const events = createEvents<{ change: [] }>()
  const change = (): void => {
    events.emit('change')
  }
  let readMs = -Infinity
  const refresh = (): void => {
    readMs = timers.now()
    const reading = output.read()
    if (reading === undefined) map.forget(timers.now())
    else map.add(reading)
    change()
  }

  scope.own(clock.onChange(change))
  scope.own(trimMs.subscribe(change))
  scope.own(output.state.subscribe(refresh))
  scope.own(options.wakes.onWake(refresh))
  scope.own(timers.every(REFRESH_MS, refresh))
  scope.own(
    output.onBeat(() => {
      if (timers.now() - readMs > REFRESH_MS) refresh()
    }),
  )
  refresh()
  return {
    frameAt: (sharedMs) => map.frameAt(clock.localMsAt(sharedMs) - trimMs.read()),
    onChange: (listener) => events.on('change', listener),
    close: scope.close,
  }
}
