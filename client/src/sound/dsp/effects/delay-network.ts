import { BLOCK } from '../strip.ts'
import { moveHead, type MovingHead, type Ring, SHORTEST_DELAY } from './ring.ts'
import { createRamp, holdRamp, moveRamp, type Ramp } from './smoothing.ts'

/**
 * Eight delay lines whose ends are mixed and fed back into all of them: the tail of a room. (Feedback delay network:
 * Jot and Chaigne, "Digital Delay Networks for Designing Artificial Reverberators", 1991.)
 */
export interface DelayNetwork {
  readonly lines: readonly Line[]
  /** All lines' rings, one after the other, of `size` frames each. */
  readonly memory: Ring
  readonly size: number
  /** Blocks that come out of all lines, one after the other. */
  readonly blocks: Float64Array
  readonly sampleRate: number
}

export interface Line {
  /** In the memory and in the blocks. */
  readonly at: number
  readonly blockAt: number
  /** Frames. */
  readonly length: number
  readonly head: MovingHead
  readonly swingHz: number
  /** What is left of a sample after one turn. */
  readonly gain: Ramp
  /** Share of the way to each sample that its low-pass goes, and where that is. */
  readonly pass: Ramp
  readonly passed: Float64Array
}

export const LINES = 8
/** Lengths in a room of size 1. Whole primes of frames are taken, so that no two lines ring together. */
const LINE_SECONDS = [0.0239, 0.0281, 0.0331, 0.0389, 0.0457, 0.0537, 0.0631, 0.0743]
/** Every second head swings slowly, each in its time, and so little that no pitch bends by more than 2 cents. */
const SWING_HZ = [0.31, 0, 0.43, 0, 0.53, 0, 0.67, 0]
const SWING_SECONDS = 0.00025
/** Where the highs are that `damping` is about. */
const DAMPED_HZ = 5000
const MOST_DAMPING = 0.75
/** The mixing adds eight lines, which makes them louder by the root of that. */
const MIX_GAIN = 1 / Math.sqrt(LINES)

export function createDelayNetwork(sampleRate: number, roomSize: number): DelayNetwork {
  const lengths = LINE_SECONDS.map((seconds) =>
    primeFrom(Math.round(seconds * roomSize * sampleRate)),
  )
  const longest = Math.max(...lengths) + Math.ceil(SWING_SECONDS * sampleRate) + SHORTEST_DELAY
  const size = Math.pow(2, Math.ceil(Math.log2(longest)))
  return {
    lines: lengths.map((length, index) => ({
      at: index * size,
      blockAt: index * BLOCK,
      length,
      head: { begin: length, end: length, goal: length },
      swingHz: SWING_HZ[index] ?? 0,
      gain: createRamp(0),
      pass: createRamp(1),
      passed: new Float64Array(1),
    })),
    memory: new Float32Array(LINES * size),
    size,
    blocks: new Float64Array(LINES * BLOCK),
    sampleRate,
  }
}

/** The least prime from a number on. */
function primeFrom(number: number): number {
  let candidate = number
  while (!isPrime(candidate)) candidate++
  return candidate
}

function isPrime(number: number): boolean {
  for (let divisor = 2; divisor * divisor <= number; divisor++) {
    if (number % divisor === 0) return false
  }
  return true
}

/**
 * Lets all lines decay alike from the end of the coming block on.
 *
 * @param seconds  in which lows decay by 60 dB
 * @param damping  0 to 1: highs decay up to 4 times as fast
 */
export function setDecay(
  { lines, sampleRate }: DelayNetwork,
  seconds: number,
  damping: number,
  count: number,
): void {
  const high = Math.cos((2 * Math.PI * DAMPED_HZ) / sampleRate)
  for (let index = 0; index < LINES; index++) {
    const line = lines[index]
    if (line === undefined) continue
    const turn = line.length / sampleRate
    const lowGain = Math.pow(10, (-3 * turn) / seconds)
    const highGain = Math.pow(10, (-3 * turn) / (seconds * (1 - MOST_DAMPING * damping)))
    moveRamp(line.gain, lowGain * MIX_GAIN, count)
    moveRamp(line.pass, 1 - poleOf((highGain / lowGain) ** 2, high), count)
  }
}

/** Pole of the one-pole low-pass, 1 at 0 Hz, that leaves `power` of a frequency with that cosine. */
function poleOf(power: number, cosine: number): number {
  if (power > 1 - 1e-9) return 0
  const middle = 1 - power * cosine
  const loss = 1 - power
  return (middle - Math.sqrt(middle * middle - loss * loss)) / loss
}

/** Lets all lines decay as they do. */
export function keepDecay({ lines }: DelayNetwork): void {
  for (let index = 0; index < LINES; index++) {
    const line = lines[index]
    if (line === undefined) continue
    holdRamp(line.gain)
    holdRamp(line.pass)
  }
}

/** Moves all heads to where they are at `seconds`, after the coming block; at once, when nothing is to be heard. */
export function moveHeads(
  { lines, sampleRate }: DelayNetwork,
  seconds: number,
  count: number,
  isSilent: boolean,
): void {
  for (let index = 0; index < LINES; index++) {
    const line = lines[index]
    if (line === undefined || line.swingHz === 0) continue
    const cycles = seconds * line.swingHz
    const swing = Math.sin(2 * Math.PI * (cycles - Math.floor(cycles)))
    line.head.goal = line.length + SWING_SECONDS * sampleRate * swing
    if (isSilent) line.head.end = line.head.goal
    moveHead(line.head, count)
  }
}
