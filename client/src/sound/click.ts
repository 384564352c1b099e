import type { Undo } from '../lib/scope.ts'

const PITCH_HZ = 1500
const ATTACK_SECONDS = 0.001
const DECAY_SECONDS = 0.03
/** -60 dB of the peak: over. */
const SILENCE = 0.001
const PEAK = 0.6

/**
 * One short click, with a beginning as sharp as a loudspeaker can make.
 *
 * @param audioSeconds  on the context's clock
 * @param loudness  0 to 1
 * @returns silences it, also before it began
 */
export function clickAt(context: BaseAudioContext, audioSeconds: number, loudness: number): Undo {
  const endSeconds = audioSeconds + ATTACK_SECONDS + DECAY_SECONDS
  const oscillator = new OscillatorNode(context, { type: 'triangle', frequency: PITCH_HZ })
  const envelope = new GainNode(context, { gain: 0 })
  const peak = Math.max(SILENCE, PEAK * loudness)
  envelope.gain.setValueAtTime(0, audioSeconds)
  envelope.gain.linearRampToValueAtTime(peak, audioSeconds + ATTACK_SECONDS)
  envelope.gain.exponentialRampToValueAtTime(peak * SILENCE, endSeconds)
  oscillator.connect(envelope).connect(context.destination)
  oscillator.start(audioSeconds)
  oscillator.stop(endSeconds)
  const disconnect = (): void => {
    oscillator.disconnect()
    envelope.disconnect()
  }
  oscillator.onended = disconnect
  return disconnect
}
