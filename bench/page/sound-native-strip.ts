import { BPM, SECONDS, stepSeconds } from './sound-pieces.ts'

const DRIVE = 4
const CURVE_POINTS = 1025
const DUCK_SECONDS = 0.25
const DUCKED = 0.4

/**
 * A track's strip of native nodes: pan alone, or with what ours has: drive at twice the sample rate, three bands, a
 * chorus of two taps a side, an echo, a send to the room, and a level that ducks with every beat.
 *
 * @param room  where the strip's send goes; without it there are no effects
 * @returns what notes connect to
 */
export function nativeStrip(
  context: OfflineAudioContext,
  pan: number,
  room: AudioNode | undefined,
): AudioNode {
  const panner = context.createStereoPanner()
  panner.pan.automationRate = 'k-rate'
  panner.pan.value = pan
  panner.connect(context.destination)
  if (room === undefined) return panner
  const drive = driven(context)
  const bands = drive.connect(band(context, 'lowshelf', 180, 3))
  const equalised = bands
    .connect(band(context, 'peaking', 1000, -2))
    .connect(band(context, 'highshelf', 5000, 2))
  const level = ducked(context)
  chorused(context, equalised).connect(level).connect(panner)
  echoed(context, panner).connect(context.destination)
  const send = gainOf(context, 0.2)
  panner.connect(send).connect(room)
  return drive
}

function gainOf(context: BaseAudioContext, value: number): GainNode {
  const gain = context.createGain()
  gain.gain.automationRate = 'k-rate'
  gain.gain.value = value
  return gain
}

function driven(context: BaseAudioContext): WaveShaperNode {
  const shaper = context.createWaveShaper()
  shaper.oversample = '2x'
  shaper.curve = Float32Array.from({ length: CURVE_POINTS }, (_, index) => {
    const x = DRIVE * ((2 * index) / (CURVE_POINTS - 1) - 1)
    return x / Math.sqrt(1 + x * x)
  })
  return shaper
}

function band(
  context: BaseAudioContext,
  type: BiquadFilterType,
  hz: number,
  decibels: number,
): BiquadFilterNode {
  const filter = context.createBiquadFilter()
  for (const param of [filter.frequency, filter.Q, filter.detune, filter.gain]) {
    param.automationRate = 'k-rate'
  }
  filter.type = type
  filter.frequency.value = hz
  filter.gain.value = decibels
  return filter
}

/** Two taps that swing, on each side. */
function chorused(context: BaseAudioContext, input: AudioNode): AudioNode {
  const out = context.createChannelMerger(2)
  for (const side of [0, 1]) {
    const sum = gainOf(context, 0.5)
    input.connect(sum)
    for (const [hz, seconds] of [
      [0.5, 0.0108],
      [0.8, 0.0205],
    ] as const) {
      const tap = context.createDelay(0.03)
      const swing = context.createOscillator()
      const depth = gainOf(context, 0.0028)
      swing.frequency.value = hz
      tap.delayTime.value = seconds
      swing.connect(depth).connect(tap.delayTime)
      swing.start(side / 4 / hz)
      input.connect(tap).connect(sum)
    }
    sum.connect(out, 0, side)
  }
  return out
}

function echoed(context: BaseAudioContext, input: AudioNode): AudioNode {
  const delay = context.createDelay(2)
  const feedback = gainOf(context, 0.4)
  const tone = band(context, 'lowpass', 4000, 0)
  const level = gainOf(context, 0.3)
  delay.delayTime.automationRate = 'k-rate'
  delay.delayTime.value = (0.75 * 60) / BPM
  input.connect(delay).connect(tone).connect(feedback).connect(delay)
  tone.connect(level)
  return level
}

function ducked(context: BaseAudioContext): GainNode {
  const level = gainOf(context, 1)
  for (let at = 0; at < SECONDS; at += stepSeconds) {
    level.gain.setTargetAtTime(DUCKED, at, 0.001)
    level.gain.setTargetAtTime(1, at + 0.012, DUCK_SECONDS / 4)
  }
  return level
}
