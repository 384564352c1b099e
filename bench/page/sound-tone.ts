import { Frequency, Gain, MonoSynth, OfflineContext, Panner, setContext } from 'tone'
import { type Patch, PIECES, type PieceNote, SAMPLE_RATE, SECONDS } from './sound-pieces.ts'
import { renderInSlices } from './sound-slices.ts'
import type { Cost, PieceName } from './sound-types.ts'

/** Synths of each track that take turns: as many as its notes need that sound together. */
const TURNS = {
  sustained: 16,
  supersaw: 16,
  sixteenths: 3,
} as const satisfies Partial<Record<PieceName, number>>

/** The piece with a MonoSynth of Tone.js for each voice. */
export async function renderTone(name: keyof typeof TURNS): Promise<Cost> {
  const { tracks, notes, patch } = PIECES[name]
  const context = new OfflineAudioContext(2, SECONDS * SAMPLE_RATE, SAMPLE_RATE)
  setContext(new OfflineContext(context))
  const turns = TURNS[name]
  const synths = Array.from({ length: tracks }, (_, track) => {
    const panner = new Panner((track % 5) / 4 - 0.5)
    panner.connect(new Gain(0.05).toDestination())
    return Array.from({ length: turns }, () => new MonoSynth(settingsOf(patch)).connect(panner))
  })
  const next = new Array<number>(tracks).fill(0)
  const begin = ({ track, pitch, atSeconds, seconds }: PieceNote): void => {
    const turn = next[track] ?? 0
    next[track] = (turn + 1) % turns
    const hz = Frequency(pitch, 'midi').toFrequency()
    synths[track]?.[turn]?.triggerAttackRelease(hz, seconds, atSeconds)
  }
  const cost = await renderInSlices(context, notes, (coming) => {
    coming.forEach(begin)
  })
  for (const synth of synths.flat()) synth.dispose()
  return cost
}

const settingsOf = (patch: Patch) => ({
  oscillator: oscillatorOf(patch),
  envelope: {
    attack: patch.attackSeconds,
    decay: patch.decaySeconds,
    sustain: patch.sustain,
    release: patch.releaseSeconds,
  },
  filter: { type: 'lowpass' as const, Q: patch.resonance, rolloff: -12 as const },
  filterEnvelope: {
    attack: 0.001,
    decay: patch.filterDecaySeconds,
    sustain: 0,
    release: patch.releaseSeconds,
    baseFrequency: patch.cutoffHz,
    octaves: patch.octaves,
  },
})

const oscillatorOf = ({ unison, unisonCents }: Patch) =>
  unison === 7
    ? ({ type: 'fatsawtooth', count: 7, spread: 2 * unisonCents } as const)
    : ({ type: 'sawtooth' } as const)
