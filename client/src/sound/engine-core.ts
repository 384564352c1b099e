import type { TrackLoop } from '../sequence/compile.ts'
import { beatOfStep, stepInPattern } from '../sequence/onsets.ts'
import { EMPTY_SONG, type StepCount, type TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND, type SynthSound } from '../sequence/synth-sound.ts'
import { createLimiter } from './dsp/limiter.ts'
import { BLOCK, createStrip, mix, setSound, settled, type Strip } from './dsp/strip.ts'
import { createVoices, type Voices } from './dsp/voices.ts'
import type {
  ClickSettings,
  EngineLevels,
  FrameSegment,
  FrameSteps,
  FrameTempo,
} from './engine-types.ts'
import { stepCountAt } from './frame-steps.ts'
import { frameOfBeat } from './frame-tempo.ts'
import { createMetronome } from './metronome.ts'
import { createPlayhead, UNKNOWN_STEP, type Walker } from './playhead.ts'
import type { Audition } from './protocol.ts'
import type { SongPatch, TrackPatch } from './song-patch.ts'

/** The sound of a jam, as plain computation: the audio worklet wraps it, `render` runs it as fast as it goes. */
export interface EngineCore {
  /** Frames that must be processed before frame f for f to be whole. */
  readonly latency: number
  change(patch: SongPatch): void
  setTempo(tempo: FrameTempo): void
  setSteps(steps: FrameSteps): void
  setClick(click: ClickSettings): void
  audition(audition: Audition): void
  /** 0 to 1. */
  setVolume(volume: number): void
  /** Writes the frames from `frame` on, without making objects. Both sides are of one length. */
  process(left: Float32Array, right: Float32Array, frame: number): void
  /** What sounded since this was last asked. */
  takeLevels(): EngineLevels
}

interface EngineTrack extends Walker {
  readonly id: TrackId
  readonly strip: Strip
}

/** Kept in a record: a number that changes inside a closure becomes a new object with each change. */
interface Output {
  volume: number
  targetVolume: number
  /** Highest absolute sample since it was last asked for. */
  peak: number
  /** First frame of the block in work, ahead of what is heard by the limiter's latency. */
  blockFrame: number
}

const VOLUME_SMOOTHING_SECONDS = 0.005
/** Tracks below this peak (-80 dB) do not count as sounding. */
const INAUDIBLE = 1e-4

export function createEngineCore(sampleRate: number): EngineCore {
  // What is auditioned on a track that is not in the song yet sounds as a new track would.
  const spare = createStrip(INITIAL_SOUND)
  const voices = createVoices(sampleRate, spare)
  const metronome = createMetronome(sampleRate)
  const limiter = createLimiter(sampleRate)
  const mixLeft = new Float64Array(BLOCK)
  const mixRight = new Float64Array(BLOCK)
  const volumeShare = 1 - Math.exp(-1 / (VOLUME_SMOOTHING_SECONDS * sampleRate))
  const tracks: EngineTrack[] = []
  let strips: Strip[] = [spare]
  let steps: FrameSteps = { count: EMPTY_SONG.stepCount }
  const output: Output = { volume: 1, targetVolume: 1, peak: 0, blockFrame: limiter.latency }

  const playhead = createPlayhead<EngineTrack>({
    onStep: (track, step, frame) => {
      beginNotes(voices, track, step, stepCountAt(steps, frame), frame - output.blockFrame)
    },
    onHalt: (frame) => {
      voices.release(frame - output.blockFrame)
      metronome.halt()
    },
    onLeap: (track, frame) => {
      voices.release(frame - output.blockFrame, track.strip)
    },
    onSpan: (segment, from, to) => {
      endNotes(voices, segment, from, to, output.blockFrame)
      metronome.walk(segment, from, to, output.blockFrame)
    },
  })

  const processBlock = (
    left: Float32Array,
    right: Float32Array,
    start: number,
    count: number,
  ): void => {
    playhead.walk(output.blockFrame, output.blockFrame + count, tracks)
    voices.render(count)
    mixLeft.fill(0)
    mixRight.fill(0)
    for (const strip of strips) mix(strip, mixLeft, mixRight, count, sampleRate)
    metronome.mix(mixLeft, mixRight, count)
    limiter.process(mixLeft, mixRight, count)
    let { peak } = output
    let volume = settled(output.volume, output.targetVolume)
    for (let i = 0; i < count; i++) {
      volume += (output.targetVolume - volume) * volumeShare
      const leftSample = (mixLeft[i] ?? 0) * volume
      const rightSample = (mixRight[i] ?? 0) * volume
      left[start + i] = leftSample
      right[start + i] = rightSample
      peak = Math.max(peak, Math.abs(leftSample), Math.abs(rightSample))
    }
    output.volume = volume
    output.peak = peak
  }

  return {
    latency: limiter.latency,
    change({ changed, removed }) {
      for (const patch of changed) changeTrack(tracks, patch)
      for (const id of removed) {
        const index = tracks.findIndex((track) => track.id === id)
        const [gone] = index < 0 ? [] : tracks.splice(index, 1)
        if (gone !== undefined) voices.release(0, gone.strip)
      }
      strips = [spare, ...tracks.map(({ strip }) => strip), ...ringing(voices, tracks, spare)]
    },
    setTempo(tempo) {
      playhead.setTempo(tempo)
    },
    setSteps(next) {
      steps = next
    },
    setClick: metronome.set,
    audition({ track: id, pitch, velocity, seconds }) {
      const strip = tracks.find((track) => track.id === id)?.strip ?? spare
      const voice = voices.begin(strip, pitch, velocity, 0)
      if (voice !== undefined) voice.endSamples = Math.max(1, Math.round(seconds * sampleRate))
    },
    setVolume(next) {
      output.targetVolume = next
    },
    process(left, right, frame) {
      for (let start = 0; start < left.length; start += BLOCK) {
        output.blockFrame = frame + start + limiter.latency
        processBlock(left, right, start, Math.min(BLOCK, left.length - start))
      }
    },
    takeLevels() {
      const sounding = tracks.filter(({ strip }) => strip.peak > INAUDIBLE).map(({ id }) => id)
      const levels = { peak: output.peak, voices: voices.sounding(), sounding }
      output.peak = 0
      for (const { strip } of tracks) strip.peak = 0
      return levels
    },
  }
}

function changeTrack(tracks: EngineTrack[], { id, loop, sound }: TrackPatch): void {
  const track = tracks.find((one) => one.id === id)
  if (track === undefined) {
    if (loop !== undefined && sound !== undefined) tracks.push(createTrack(id, loop, sound))
    return
  }
  if (sound !== undefined) setSound(track.strip, sound)
  if (loop === undefined) return
  if (loop.subdivision !== track.loop.subdivision) track.nextStep = UNKNOWN_STEP
  track.loop = loop
}

const createTrack = (id: TrackId, loop: TrackLoop, sound: SynthSound): EngineTrack => ({
  id,
  strip: createStrip(sound),
  loop,
  nextStep: UNKNOWN_STEP,
  lastBeat: -1,
})

/** Strips whose track is gone, but not yet its sound. */
function ringing(voices: Voices, tracks: readonly EngineTrack[], spare: Strip): Set<Strip> {
  const strips = new Set<Strip>()
  for (const { strip, envelope } of voices.all) if (envelope.stage !== 'idle') strips.add(strip)
  for (const { strip } of tracks) strips.delete(strip)
  strips.delete(spare)
  return strips
}

function beginNotes(
  voices: Voices,
  { loop, strip }: EngineTrack,
  step: number,
  stepCount: StepCount,
  offset: number,
): void {
  const place = stepInPattern(step, stepCount)
  const end = loop.firstNote[place + 1] ?? 0
  for (let note = loop.firstNote[place] ?? 0; note < end; note++) {
    const voice = voices.begin(strip, loop.pitches[note] ?? 0, loop.velocities[note] ?? 0, offset)
    if (voice === undefined) continue
    const length = Math.min(stepCount, loop.lengths[note] ?? 1)
    voice.endBeat = beatOfStep(step + length, loop.subdivision)
  }
}

function endNotes(
  voices: Voices,
  segment: FrameSegment,
  from: number,
  to: number,
  blockFrame: number,
): void {
  for (const voice of voices.all) {
    if (voice.endBeat === Infinity) continue
    const frame = frameOfBeat(segment, voice.endBeat)
    if (frame < to) voices.end(voice, Math.max(from, frame) - blockFrame)
  }
}
