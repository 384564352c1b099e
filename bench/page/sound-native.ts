import { nativeStrip } from './sound-native-strip.ts'
import {
  type Patch,
  PIECES,
  type PieceNote,
  pitchToHz,
  SAMPLE_RATE,
  SECONDS,
} from './sound-pieces.ts'
import { renderInSlices } from './sound-slices.ts'
import type { Cost, PieceName } from './sound-types.ts'

/** Silent enough to be ended: an exponential approach has 2 % left. */
const TIMES = 4
const LEVEL = 0.05
const SAWTOOTHS = 7

/** The piece with an Oscillator, a Biquad and a Gain for each note, all of whose params go by blocks: nothing native is cheaper. */
export async function renderNative(name: PieceName): Promise<Cost> {
  const { tracks, notes, patch } = PIECES[name]
  const context = new OfflineAudioContext(2, SECONDS * SAMPLE_RATE, SAMPLE_RATE)
  const room = patch.hasEffects ? roomOf(context) : undefined
  const inputs = Array.from({ length: tracks }, (_, track) =>
    nativeStrip(context, (track % 5) / 4 - 0.5, room),
  )
  return renderInSlices(context, notes, (coming) => {
    for (const note of coming) {
      const input = inputs[note.track]
      if (input !== undefined) beginNote(context, note, patch, input)
    }
  })
}

function beginNote(
  context: BaseAudioContext,
  { pitch, atSeconds: at, seconds }: PieceNote,
  patch: Patch,
  out: AudioNode,
): void {
  const filter = context.createBiquadFilter()
  const level = context.createGain()
  for (const param of [filter.frequency, filter.Q, filter.detune, filter.gain, level.gain]) {
    param.automationRate = 'k-rate'
  }
  filter.type = 'lowpass'
  filter.Q.value = 20 * Math.log10(patch.resonance)
  filter.frequency.setValueAtTime(patch.cutoffHz * Math.pow(2, patch.octaves), at)
  filter.frequency.setTargetAtTime(patch.cutoffHz, at, patch.filterDecaySeconds / TIMES)
  level.gain.setValueAtTime(0, at)
  level.gain.linearRampToValueAtTime(LEVEL, at + patch.attackSeconds)
  const decaysAt = at + patch.attackSeconds
  level.gain.setTargetAtTime(LEVEL * patch.sustain, decaysAt, patch.decaySeconds / TIMES)
  level.gain.setTargetAtTime(0, at + seconds, patch.releaseSeconds / TIMES)
  filter.connect(level).connect(out)
  const end = at + seconds + patch.releaseSeconds
  const count = patch.unison === 1 ? 1 : SAWTOOTHS
  for (let index = 0; index < count; index++) {
    const place = count === 1 ? 0 : (2 * index) / (count - 1) - 1
    const oscillator = context.createOscillator()
    oscillator.frequency.automationRate = 'k-rate'
    oscillator.detune.automationRate = 'k-rate'
    oscillator.type = 'sawtooth'
    oscillator.frequency.value = pitchToHz(pitch)
    oscillator.detune.value = place * patch.unisonCents
    oscillator.connect(filter)
    oscillator.start(at)
    oscillator.stop(end)
    if (index > 0) continue
    oscillator.onended = () => {
      level.disconnect()
    }
  }
}

const ROOM_SECONDS = 2.2

function roomOf(context: OfflineAudioContext): AudioNode {
  const frames = ROOM_SECONDS * SAMPLE_RATE
  const response = context.createBuffer(2, frames, SAMPLE_RATE)
  for (const side of [0, 1]) {
    const samples = response.getChannelData(side)
    for (let i = 0; i < frames; i++) {
      samples[i] = (Math.random() * 2 - 1) * Math.pow(10, (-3 * i) / frames)
    }
  }
  const room = context.createConvolver()
  room.buffer = response
  room.connect(context.destination)
  return room
}
