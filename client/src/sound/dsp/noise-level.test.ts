import { expect, test } from 'vitest'
import { pieceToPitch } from '../../sequence/drum-sound.ts'
import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'
import { render } from '../render.ts'
import { loudnessOf } from '../testing/listen.ts'
import { note, playingAt, songOf, trackOf } from '../testing/songs.ts'

/** Decibels of what is left of noise below 2 kHz or so, where every sample rate has it. */
function levelOf(sound: Partial<TrackSound>, pitch: number, sampleRate: number): number {
  const track = trackOf([note(0, pitch, 100, 16)], {
    sound: { ...INITIAL_SOUND, sustain: 1, volume: 0.2, ...sound },
  })
  const span = { fromMs: 0, seconds: 2, sampleRate }
  const { left } = render(songOf(track), playingAt(120), span)
  let held = 0
  const share = 1 - Math.exp((-2 * Math.PI * 2000) / sampleRate)
  const low = left.map((sample) => (held += (sample - held) * share))
  return 20 * Math.log10(loudnessOf(low))
}

test.each([
  [
    'a synth',
    { noise: 1, waveform: 'sine', cutoffHz: 1200, filterMode: 'highpass', filterSlope: '24' },
    24,
  ],
  ['a clap', { instrument: 'drums' }, pieceToPitch('clap')],
  ['a shaker', { instrument: 'drums' }, pieceToPitch('shaker')],
] as const)('[SND5] the noise of %s is as loud at every sample rate', (_, sound, pitch) => {
  const usual = levelOf(sound, pitch, 48_000)

  for (const sampleRate of [44_100, 96_000]) {
    expect(Math.abs(levelOf(sound, pitch, sampleRate) - usual)).toBeLessThan(1.2)
  }
})
