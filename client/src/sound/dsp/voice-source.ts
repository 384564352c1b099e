import type { SynthSound } from '../../sequence/synth-sound.ts'
import { createFilterShape, createTangents, filter, FIRST_Q, shapeFilter } from './filter.ts'
import {
  addBentWave,
  addNoise,
  addPulse,
  addThreeWaves,
  addWave,
  MAX_UNISON,
  noiseGain,
  writeBend,
  type Phases,
  type Three,
  type Tone,
} from './oscillator.ts'
import { addPlain, addTwoSides, hasPlainSound, isPlainFilter } from './plain-voice.ts'
import type { VoiceSource } from './render-voice.ts'
import { BLOCK, CHUNK } from './strip.ts'
import { pitchToHz } from './tuning.ts'
import { ratioOf } from './unison.ts'
import { moveVibrato } from './vibrato.ts'
import { moveGlide, PHASE_B, PHASE_FM, PHASE_SUB, staysStill, type Voice } from './voice.ts'
import { createWavetables, CYCLE, levelOf, lowestPitch } from './wavetables.ts'

const MIDDLE_C = 60
/** What modulation at full amount does. */
const ENVELOPE_SEMITONES = 72
const VELOCITY_SEMITONES = 48
const FM_CYCLES = 6 / (2 * Math.PI)
const FEEDBACK_CYCLES = 1.2 / (2 * Math.PI)
/** Room for what is loud in the middle. */
const SUB_LEVEL = 0.9
/** Of seven oscillators those on each side: each has its mirror image on the other. */
const LEFT: Three = [0, 2, 5]
const RIGHT: Three = [1, 4, 6]
const MIDDLE = 3

/** Everything that voices of one engine are computed with; one voice at a time. */
export function createVoiceSource(sampleRate: number): VoiceSource {
  const tables = createWavetables()
  const lowest = lowestPitch(sampleRate)
  const tangents = createTangents(sampleRate)
  const noisy = noiseGain(sampleRate)
  const sine = tables.sine.levels[0] ?? new Float32Array(CYCLE + 1)
  const [mid, left, right] = [side(), side(), side()]
  const [b, bend] = [side(), side()]
  const steps = new Float64Array(MAX_UNISON)
  const tone: Tone = { step: 0, gain: 1, width: 0.5 }
  const [shape, second] = [createFilterShape(), createFilterShape()]
  /** Of the chunk in work. */
  const now = { stepB: 0, fm: 0, width: 0.5, isPlain: false }

  function control(voice: Voice, at: number): number {
    const { strip, modulation } = voice
    const { sound } = strip
    const chunk = (at / CHUNK) | 0
    const isStill = staysStill(voice)
    moveGlide(voice)
    const pitch =
      voice.tone + voice.bend + (strip.bend[chunk] ?? 0) + moveVibrato(voice, sampleRate)
    if (pitch !== voice.tuned || sound !== voice.tunedFor) tune(voice, pitch)
    now.stepB = voice.step * strip.ratioB
    now.width = strip.width[chunk] ?? 0.5
    const shaped = 1 - sound.fmEnvelope + sound.fmEnvelope * modulation.level
    now.fm = (strip.fm[chunk] ?? 0) * shaped
    const cutoff =
      (strip.cutoff[chunk] ?? 0) +
      ENVELOPE_SEMITONES * sound.filterEnvelope * modulation.level +
      sound.filterKey * (pitch - MIDDLE_C) +
      VELOCITY_SEMITONES * sound.filterVelocity * (voice.velocity - 1)
    const resonance = strip.resonance[chunk] ?? 1
    shapeFilter(shape, tangents, sound.filterMode, cutoff, resonance)
    if (sound.filterSlope === '24') {
      shapeFilter(second, tangents, sound.filterMode, cutoff, Math.min(FIRST_Q, resonance))
    }
    now.isPlain = voice.unison === 1 && now.fm === 0 && hasPlainSound(voice, now.width)
    return isStill ? BLOCK : (chunk + 1) * CHUNK
  }

  function tune(voice: Voice, pitch: number): void {
    const { sound } = voice.strip
    const widest = voice.unison > 1 ? sound.unisonCents / 100 : 0
    voice.tuned = pitch
    voice.tunedFor = sound
    voice.step = Math.min(CYCLE / 2.1, (CYCLE * pitchToHz(pitch)) / sampleRate)
    voice.level = levelOf(pitch + widest, lowest)
    voice.levelB = levelOf(pitch + Math.round(sound.semitonesB) + sound.centsB / 100, lowest)
  }

  function add(voice: Voice, from: number, to: number): void {
    if (now.isPlain) {
      addPlain(voice, tables[voice.waveform].levels[voice.level] ?? sine, shape, from, to)
      return
    }
    const { sound } = voice.strip
    const isWide = voice.unison > 1 && sound.unisonSpread > 0
    mid.fill(0, from, to)
    if (isWide) {
      left.fill(0, from, to)
      right.fill(0, from, to)
    }
    addA(voice, from, to, isWide)
    if (sound.levelB > 0 || sound.ring > 0) addB(voice, from, to)
    if (sound.sub > 0) {
      setTone(voice.step / 2, sound.sub * SUB_LEVEL)
      addWave(sine, mid, from, to, voice.phases, PHASE_SUB, tone)
    }
    if (sound.noise > 0) {
      setTone(0, sound.noise * noisy)
      addNoise(voice, mid, from, to, tone)
    }
    if (isWide) addWide(voice, from, to)
    else addMono(voice, from, to)
  }

  const setTone = (step: number, gain: number): void => {
    tone.step = step
    tone.gain = gain
  }

  /** The middle one of a wide unison sounds in the middle, the others by turns left and right. */
  function addA(voice: Voice, from: number, to: number, isWide: boolean): void {
    const { strip, unison, waveform, phases } = voice
    const isBent = now.fm > 0
    if (isBent) bendFor(voice, from, to)
    const isPulse = waveform === 'square' && now.width !== 0.5
    const table = tables[isPulse ? 'sawtooth' : waveform].levels[voice.level] ?? sine
    for (let at = 0; at < unison; at++) {
      steps[at] = Math.min(CYCLE / 2.1, voice.step * ratioOf(strip.ratios, strip.sound, at, unison))
    }
    if (unison === MAX_UNISON && !isBent && !isPulse) {
      addSeven(table, phases, from, to, isWide)
      return
    }
    for (let at = 0; at < unison; at++) {
      setTone(steps[at] ?? 0, 1)
      tone.width = now.width
      const out = isWide ? sideOf(at, (unison - 1) / 2) : mid
      if (isBent) addBentWave(table, out, from, to, phases, at, tone, bend)
      else if (isPulse) addPulse(table, out, from, to, phases, at, tone)
      else addWave(table, out, from, to, phases, at, tone)
    }
  }

  function addSeven(
    table: Float32Array,
    phases: Phases,
    from: number,
    to: number,
    isWide: boolean,
  ): void {
    addThreeWaves(table, isWide ? left : mid, from, to, phases, LEFT, steps)
    addThreeWaves(table, isWide ? right : mid, from, to, phases, RIGHT, steps)
    setTone(steps[MIDDLE] ?? 0, 1)
    addWave(table, mid, from, to, phases, MIDDLE, tone)
  }

  const sideOf = (at: number, middle: number): Float64Array => {
    if (at === middle) return mid
    return (at < middle ? at : at - 1) % 2 === 0 ? left : right
  }

  function bendFor(voice: Voice, from: number, to: number): void {
    const { sound } = voice.strip
    setTone(Math.min(CYCLE / 2.1, voice.step * sound.fmRatio), now.fm * now.fm * FM_CYCLES * CYCLE)
    tone.width = sound.fmFeedback * FEEDBACK_CYCLES * CYCLE
    writeBend(sine, bend, from, to, voice.phases, PHASE_FM, tone, voice.memory)
  }

  function addB(voice: Voice, from: number, to: number): void {
    const { levelB, ring } = voice.strip.sound
    const table = tables[voice.waveformB].levels[voice.levelB] ?? sine
    b.fill(0, from, to)
    setTone(Math.min(CYCLE / 2.1, now.stepB), 1)
    addWave(table, b, from, to, voice.phases, PHASE_B, tone)
    for (let i = from; i < to; i++) {
      const a = mid[i] ?? 0
      const other = b[i] ?? 0
      mid[i] = a + ring * a * (other - 1) + levelB * other
    }
  }

  function addMono(voice: Voice, from: number, to: number): void {
    const { strip, envelope, amplitude } = voice
    pass(voice, mid, 0, from, to)
    const { factor, offset } = envelope
    let { level } = envelope
    for (let i = from; i < to; i++) {
      level = level * factor + offset
      const sample = (mid[i] ?? 0) * level * amplitude
      strip.left[i] = (strip.left[i] ?? 0) + sample
      strip.right[i] = (strip.right[i] ?? 0) + sample
    }
    envelope.level = level
  }

  function addWide(voice: Voice, from: number, to: number): void {
    const { strip, envelope, amplitude } = voice
    spread(strip.sound, from, to)
    if (isPlainFilter(strip.sound)) {
      addTwoSides(voice, left, right, shape, from, to)
      return
    }
    pass(voice, left, 0, from, to)
    pass(voice, right, 4, from, to)
    const { factor, offset } = envelope
    let { level } = envelope
    for (let i = from; i < to; i++) {
      level = level * factor + offset
      strip.left[i] = (strip.left[i] ?? 0) + (left[i] ?? 0) * level * amplitude
      strip.right[i] = (strip.right[i] ?? 0) + (right[i] ?? 0) * level * amplitude
    }
    envelope.level = level
  }

  function spread({ unisonSpread }: SynthSound, from: number, to: number): void {
    const own = Math.SQRT1_2 + (1 - Math.SQRT1_2) * unisonSpread
    const other = Math.SQRT1_2 * (1 - unisonSpread)
    for (let i = from; i < to; i++) {
      const middle = mid[i] ?? 0
      const l = left[i] ?? 0
      const r = right[i] ?? 0
      left[i] = middle + own * l + other * r
      right[i] = middle + own * r + other * l
    }
  }

  function pass(voice: Voice, samples: Float64Array, at: number, from: number, to: number): void {
    if (voice.strip.sound.filterSlope === '24') {
      filter(second, voice.filter, at + 2, samples, from, to)
    }
    filter(shape, voice.filter, at, samples, from, to)
  }

  return { control, add }
}

const side = (): Float64Array => new Float64Array(BLOCK)
