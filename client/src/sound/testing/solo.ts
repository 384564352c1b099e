import type { PresetSound } from '../../sequence/presets/preset.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import { createBlockPlace } from '../dsp/block-place.ts'
import { createBus, gather, mixBus, type Bus } from '../dsp/bus.ts'
import { createDesk } from '../dsp/desk.ts'
import { silence } from '../dsp/envelope.ts'
import { BLOCK } from '../dsp/strip.ts'
import { createVoices } from '../dsp/voices.ts'
import { strike } from '../engine-tracks.ts'

/** What came of one chord. */
export interface Heard {
  /** Highest absolute sample of both sides, and root mean square of the left. */
  readonly peak: number
  readonly loudness: number
  readonly isFinite: boolean
  /** Share of its power that is above 6 kHz or so: in the steps from one sample to the next. */
  readonly harshness: number
  /** Seconds from the end of the chord to the last sample that was heard. */
  readonly tailSeconds: number
}

/** One track without a room or a limiter, whose many sounds are tried one after the other: far faster than whole renders. */
export interface Solo {
  /** Plays one chord, of so many seconds, and listens for so many, or until nothing more comes. */
  play(sound: PresetSound, pitches: readonly number[], heldSeconds: number, seconds: number): Heard
}

const UNHEARD = 1e-6
const VELOCITY = 100
const BEATS_A_SECOND = 2
const SEED = 1
/** The latest repeat of an echo in the bank, of a quarter and a half, comes before this. */
export const LONGEST_GAP_SECONDS = 0.8

export function createSolo(sampleRate: number): Solo {
  const unused = createBus('unused', INITIAL_SOUND, false, sampleRate)
  const voices = createVoices(sampleRate, unused.strip)
  const desk = createDesk()

  const begin = (bus: Bus, pitches: readonly number[], heldSeconds: number): void => {
    for (const pitch of pitches) {
      const start = { pitch, velocity: VELOCITY, offset: 0, seed: SEED }
      const voice = strike(voices, bus, start, 0)
      if (voice !== undefined) voice.endSamples = Math.round(heldSeconds * sampleRate)
    }
  }

  return {
    play(sound, pitches, heldSeconds, seconds) {
      for (const voice of voices.all) silence(voice.envelope)
      const bus = createBus('solo', { ...INITIAL_SOUND, ...sound }, false, sampleRate)
      const beatsPerFrame = BEATS_A_SECOND / sampleRate
      const place = createBlockPlace(beatsPerFrame)
      const sums = { peak: 0, power: 0, steps: 0, last: 0, lastHeard: 0, isFinite: true }
      begin(bus, pitches, heldSeconds)
      const frames = seconds * sampleRate
      for (let frame = 0; frame < frames; frame += BLOCK) {
        Object.assign(place, { beat: frame * beatsPerFrame, frame, age: frame })
        desk.left.fill(0)
        desk.right.fill(0)
        voices.render(BLOCK, place)
        gather(bus, place, BLOCK, sampleRate)
        mixBus(bus, desk, place, sampleRate)
        for (let i = 0; i < BLOCK; i++) {
          const left = desk.left[i] ?? 0
          const peak = Math.max(Math.abs(left), Math.abs(desk.right[i] ?? 0))
          sums.isFinite &&= Number.isFinite(peak)
          sums.peak = Math.max(sums.peak, peak)
          sums.power += left * left
          sums.steps += (left - sums.last) ** 2
          sums.last = left
          if (peak > UNHEARD) sums.lastHeard = frame + i
        }
        if (frame - sums.lastHeard > LONGEST_GAP_SECONDS * sampleRate) break
      }
      return {
        peak: sums.peak,
        loudness: Math.sqrt(sums.power / frames),
        isFinite: sums.isFinite,
        harshness: sums.steps / sums.power,
        tailSeconds: sums.lastHeard / sampleRate - heldSeconds,
      }
    },
  }
}
