import { BLOCK } from '../strip.ts'
import { type DelayNetwork, type Line, LINES } from './delay-network.ts'
import { frameAt, heard } from './ring.ts'
import { settle, valueAt } from './sanity.ts'
import type { Ramp } from './smoothing.ts'

/** Reads the block that comes out of all lines, decayed by one turn. @param at  where the block stands in the rings */
export function readLines(network: DelayNetwork, at: number, count: number): void {
  for (let index = 0; index < LINES; index++) {
    const line = network.lines[index]
    if (line === undefined) continue
    if (line.swingHz === 0) readStill(network, line, at, count)
    else readSwinging(network, line, at, count)
    settle(line.passed)
  }
}

function readStill(
  { memory, size, blocks }: DelayNetwork,
  line: Line,
  at: number,
  count: number,
): void {
  const mask = size - 1
  const { passed, blockAt, at: start } = line
  const { step } = line.gain
  const { step: passStep } = line.pass
  let gain = line.gain.value
  let pass = line.pass.value
  let low = valueAt(passed, 0)
  const from = at - line.length
  for (let i = 0; i < count; i++) {
    gain += step
    pass += passStep
    low += (frameAt(memory, start + ((from + i) & mask)) - low) * pass
    blocks[blockAt + i] = low * gain
  }
  passed[0] = low
}

/** The same between frames: cubic Hermite interpolation (Catmull-Rom). */
function readSwinging(
  { memory, size, blocks }: DelayNetwork,
  line: Line,
  at: number,
  count: number,
): void {
  const mask = size - 1
  const { passed, blockAt, at: start } = line
  const { step } = line.gain
  const { step: passStep } = line.pass
  let gain = line.gain.value
  let pass = line.pass.value
  let low = valueAt(passed, 0)
  const { begin, end } = line.head
  const delayStep = (end - begin) / count
  let delay = begin
  for (let i = 0; i < count; i++) {
    gain += step
    pass += passStep
    delay += delayStep
    const whole = delay | 0
    const share = delay - whole
    const place = at + i - whole
    const after = frameAt(memory, start + ((place + 1) & mask))
    const here = frameAt(memory, start + (place & mask))
    const before = frameAt(memory, start + ((place - 1) & mask))
    const first = frameAt(memory, start + ((place - 2) & mask))
    const bend = after - 2.5 * here + 2 * before - 0.5 * first
    const twist = 0.5 * (first - after) + 1.5 * (here - before)
    const sample = ((twist * share + bend) * share + 0.5 * (before - after)) * share + here
    low += (sample - low) * pass
    blocks[blockAt + i] = low * gain
  }
  passed[0] = low
}

/**
 * Adds what comes out of the lines to two sides, with signs that let no line be heard again as a whole; mixes it (fast
 * Hadamard transform), adds what is new on each side, and writes it into the lines.
 */
export function mixLines(
  { memory, size, blocks }: DelayNetwork,
  at: number,
  newLeft: Float64Array,
  newRight: Float64Array,
  left: Float64Array,
  right: Float64Array,
  count: number,
  level: Ramp,
): void {
  const mask = size - 1
  const { step } = level
  let gain = level.value
  for (let i = 0; i < count; i++) {
    gain += step
    const a = valueAt(blocks, i)
    const b = valueAt(blocks, i + BLOCK)
    const c = valueAt(blocks, i + 2 * BLOCK)
    const d = valueAt(blocks, i + 3 * BLOCK)
    const e = valueAt(blocks, i + 4 * BLOCK)
    const f = valueAt(blocks, i + 5 * BLOCK)
    const g = valueAt(blocks, i + 6 * BLOCK)
    const h = valueAt(blocks, i + 7 * BLOCK)
    left[i] = valueAt(left, i) + gain * (a + c + e - g)
    right[i] = valueAt(right, i) + gain * (b + d + f - h)
    const place = (at + i) & mask
    const inLeft = valueAt(newLeft, i)
    const inRight = valueAt(newRight, i)
    const ab = a + b
    const cd = c + d
    const ef = e + f
    const gh = g + h
    const abLess = a - b
    const cdLess = c - d
    const efLess = e - f
    const ghLess = g - h
    memory[place] = heard(inLeft + (ab + cd + (ef + gh)))
    memory[place + size] = heard(inRight + (abLess + cdLess + (efLess + ghLess)))
    memory[place + 2 * size] = heard(inLeft + (ab - cd + (ef - gh)))
    memory[place + 3 * size] = heard(inRight + (abLess - cdLess + (efLess - ghLess)))
    memory[place + 4 * size] = heard(inLeft + (ab + cd - (ef + gh)))
    memory[place + 5 * size] = heard(inRight + (abLess + cdLess - (efLess + ghLess)))
    memory[place + 6 * size] = heard(inLeft + (ab - cd - (ef - gh)))
    memory[place + 7 * size] = heard(inRight + (abLess - cdLess - (efLess - ghLess)))
  }
}

/** Whether nothing came out of any line. */
export function isQuiet({ blocks }: DelayNetwork): boolean {
  for (let i = 0; i < blocks.length; i++) if (blocks[i] !== 0) return false
  return true
}
