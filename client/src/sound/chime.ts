import type { Undo } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'

const CONCERT_PITCH: Pitch = 69
const CONCERT_HZ = 440
const SEMITONES = 12
/** From one note to the next. */
const APART_SECONDS = 0.14
const ATTACK_SECONDS = 0.012
const DECAY_SECONDS = 0.5
const PEAK = 0.06
/** -60 dB of the peak: over. */
const SILENCE = 0.001

/**
 * Soft notes, one after the other, beside the engine.
 *
 * @param audioSeconds  on the context's clock, when the first begins
 * @param loudness  0 to 1
 * @returns silences them, also before they began
 */
export function chimeAt(
  context: BaseAudioContext,
  audioSeconds: number,
  pitches: readonly Pitch[],
  loudness: number,
): Undo {
  const undos = pitches.map((pitch, index) =>
    noteAt(context, audioSeconds + index * APART_SECONDS, pitch, PEAK * loudness),
  )
  return () => {
    for (const undo of undos) undo()
  }
}

function noteAt(context: BaseAudioContext, start: number, pitch: Pitch, peak: number): Undo {
  const frequency = CONCERT_HZ * 2 ** ((pitch - CONCERT_PITCH) / SEMITONES)
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency })
  const envelope = new GainNode(context, { gain: 0 })
  envelope.gain.setValueAtTime(0, start)
  envelope.gain.linearRampToValueAtTime(peak, start + ATTACK_SECONDS)
  envelope.gain.exponentialRampToValueAtTime(
    Math.max(peak, SILENCE) * SILENCE,
    start + ATTACK_SECONDS + DECAY_SECONDS,
  )
  oscillator.connect(envelope).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + ATTACK_SECONDS + DECAY_SECONDS)
  const disconnect = (): void => {
    oscillator.disconnect()
    envelope.disconnect()
  }
  oscillator.onended = disconnect
  return disconnect
}
