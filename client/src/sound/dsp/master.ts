import type { Desk } from './desk.ts'
import { createGlue } from './effects/glue.ts'
import { createReverb, type Reverb } from './effects/reverb.ts'
import { createLimiter } from './limiter.ts'
import { settled } from './effects/smoothing.ts'
import { BLOCK } from './strip.ts'

/** Takes what each track adds to the mix, block by block, and what the room does. */
export interface Stems {
  /** @param id  of the track, or `ROOM_STEM` @param at  where the block begins, of all that is processed at once */
  take(id: string, left: Float64Array, right: Float64Array, at: number, count: number): void
}

/** No track has this id. */
export const ROOM_STEM = 'room'

/** The end of the way: the room, what holds the mix together, and what keeps it from ever clipping. */
export interface Master {
  /** Frames by which what is finished lags behind. */
  readonly latency: number
  /** What the reverb added to the block in work. */
  readonly roomLeft: Float64Array
  readonly roomRight: Float64Array
  /** 0 to 1, smoothed. */
  setVolume(volume: number): void
  /** Adds the room to the desk. @param isEased  whether it is given up: nothing more is sent to it */
  addReverb(desk: Desk, count: number, frame: number, isEased: boolean): void
  /** Lets the room be silent at once. */
  clearRoom(): void
  /** Compresses the desk's mix a little. */
  hold(desk: Desk, count: number): void
  /** Limits the mix and writes it to `left[at]` and on. */
  finish(desk: Desk, left: Float32Array, right: Float32Array, at: number, count: number): void
  /** Highest absolute sample since it was last asked for. */
  takePeak(): number
  /** Copies the latest samples, oldest first. */
  readScope(samples: Float32Array): void
}

const VOLUME_SMOOTHING_SECONDS = 0.005
/** A medium room with soft walls. */
const ROOM = { seconds: 2.2, damping: 0.55, level: 1 }
const GLUE = { amount: 0.6 }
/** Samples that a scope looks back on; a power of two. */
const SCOPE = 2048

export function createMaster(sampleRate: number): Master {
  const limiter = createLimiter(sampleRate)
  const glue = createGlue(sampleRate, GLUE)
  const room = { reverb: createRoom(sampleRate) }
  const [roomLeft, roomRight] = [new Float64Array(BLOCK), new Float64Array(BLOCK)]
  const volumeShare = 1 - Math.exp(-1 / (VOLUME_SMOOTHING_SECONDS * sampleRate))
  const scope = new Float32Array(SCOPE)
  // Kept in a record: a number that changes inside a closure becomes a new object with each change.
  const output = { volume: 1, targetVolume: 1, peak: 0, at: 0 }

  return {
    latency: limiter.latency,
    roomLeft,
    roomRight,
    setVolume(volume) {
      output.targetVolume = volume
    },
    addReverb(desk, count, frame, isEased) {
      const { reverb } = room
      roomLeft.fill(0)
      roomRight.fill(0)
      if (isEased) {
        desk.sendLeft.fill(0)
        desk.sendRight.fill(0)
      }
      if (reverb.isSilent() && isZero(desk.sendLeft) && isZero(desk.sendRight)) return
      reverb.process(desk.sendLeft, desk.sendRight, roomLeft, roomRight, count, frame)
      for (let i = 0; i < count; i++) {
        desk.left[i] = (desk.left[i] ?? 0) + (roomLeft[i] ?? 0)
        desk.right[i] = (desk.right[i] ?? 0) + (roomRight[i] ?? 0)
      }
    },
    clearRoom() {
      room.reverb = createRoom(sampleRate)
    },
    hold(desk, count) {
      glue.process(desk.left, desk.right, count)
    },
    finish(desk, left, right, at, count) {
      limiter.process(desk.left, desk.right, count)
      let { peak } = output
      let volume = settled(output.volume, output.targetVolume)
      for (let i = 0; i < count; i++) {
        volume += (output.targetVolume - volume) * volumeShare
        const leftSample = (desk.left[i] ?? 0) * volume
        const rightSample = (desk.right[i] ?? 0) * volume
        left[at + i] = leftSample
        right[at + i] = rightSample
        scope[(output.at + i) & (SCOPE - 1)] = (leftSample + rightSample) / 2
        peak = Math.max(peak, Math.abs(leftSample), Math.abs(rightSample))
      }
      output.at = (output.at + count) & (SCOPE - 1)
      output.volume = volume
      output.peak = peak
    },
    takePeak() {
      const { peak } = output
      output.peak = 0
      return peak
    },
    readScope(samples) {
      const from = output.at - samples.length + SCOPE
      for (let i = 0; i < samples.length; i++) samples[i] = scope[(from + i) & (SCOPE - 1)] ?? 0
    },
  }
}

function createRoom(sampleRate: number): Reverb {
  const reverb = createReverb(sampleRate)
  reverb.set(ROOM)
  return reverb
}

function isZero(samples: Float64Array): boolean {
  for (let i = 0; i < samples.length; i++) if (samples[i] !== 0) return false
  return true
}
