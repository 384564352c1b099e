import type { Pcm } from '../../client/src/sound/render.ts'
import type { Picture } from './png.ts'
import { spectrumAt } from './spectrum.ts'

const COLUMNS = 3
const TILE_WIDTH = 480
const TILE_HEIGHT = 230
const GAP = 8
const WAVE_HEIGHT = 60
const SPECTRUM_HEIGHT = TILE_HEIGHT - WAVE_HEIGHT
const LOWEST_HZ = 30
const OCTAVES = 9.4
const DARKEST_DB = -100
const LINES_HZ = [100, 1000, 10_000]

type Colour = readonly [red: number, green: number, blue: number]
const WAVE: Colour = [120, 200, 255]
const LINE: Colour = [70, 140, 90]
const BORDER: Colour = [60, 60, 60]
/** From silence to full scale. */
const HEAT: readonly Colour[] = [
  [0, 0, 0],
  [60, 0, 80],
  [180, 0, 110],
  [255, 80, 40],
  [255, 170, 0],
  [255, 255, 60],
  [255, 255, 255],
]

/** One tile for each sound, three in a row: its spectrum on an octave scale from 30 Hz to 20 kHz, and its wave. */
export function drawSounds(sounds: readonly Pcm[]): Picture {
  const rows = Math.ceil(sounds.length / COLUMNS)
  const width = COLUMNS * (TILE_WIDTH + GAP)
  const height = rows * (TILE_HEIGHT + GAP)
  const picture = { width, height, pixels: new Uint8Array(3 * width * height) }
  sounds.forEach((sound, index) => {
    const left = (index % COLUMNS) * (TILE_WIDTH + GAP)
    const top = Math.floor(index / COLUMNS) * (TILE_HEIGHT + GAP)
    for (let x = 0; x < TILE_WIDTH; x++) drawColumn(picture, sound, x, left + x, top)
    for (let x = 0; x < TILE_WIDTH; x++) paint(picture, left + x, top + TILE_HEIGHT, BORDER)
  })
  return picture
}

function drawColumn(picture: Picture, sound: Pcm, index: number, x: number, top: number): void {
  const { left, right, sampleRate } = sound
  const from = Math.floor((left.length * index) / TILE_WIDTH)
  const to = Math.floor((left.length * (index + 1)) / TILE_WIDTH)
  const { power, hzPerBin } = spectrumAt(left, (from + to) >> 1, sampleRate)
  for (let y = 0; y < SPECTRUM_HEIGHT; y++) {
    const bin = hzAt(y) / hzPerBin
    const last = hzAt(y - 1) / hzPerBin
    paint(picture, x, top + y, heatOf(strongest(power, bin, last)))
  }
  for (const hz of LINES_HZ) if (index % 4 === 0) paint(picture, x, top + rowOf(hz), LINE)
  let [least, most] = [0, 0]
  for (let frame = from; frame < to; frame++) {
    least = Math.min(least, left[frame] ?? 0, right[frame] ?? 0)
    most = Math.max(most, left[frame] ?? 0, right[frame] ?? 0)
  }
  const middle = top + SPECTRUM_HEIGHT + WAVE_HEIGHT / 2
  const scale = WAVE_HEIGHT / 2 - 1
  for (let y = Math.round(middle - most * scale); y <= Math.round(middle - least * scale); y++) {
    paint(picture, x, y, WAVE)
  }
}

const hzAt = (y: number): number =>
  LOWEST_HZ * Math.pow(2, (OCTAVES * (SPECTRUM_HEIGHT - 1 - y)) / SPECTRUM_HEIGHT)
const rowOf = (hz: number): number =>
  Math.round(SPECTRUM_HEIGHT - 1 - (Math.log2(hz / LOWEST_HZ) / OCTAVES) * SPECTRUM_HEIGHT)

function strongest(power: Float64Array, from: number, to: number): number {
  let most = 0
  for (let bin = Math.round(from); bin <= Math.max(Math.round(from), Math.floor(to)); bin++) {
    most = Math.max(most, power[bin] ?? 0)
  }
  return most
}

function heatOf(power: number): Colour {
  const share = Math.min(1, Math.max(0, 1 - (10 * Math.log10(power)) / DARKEST_DB))
  const place = share * (HEAT.length - 1)
  const index = Math.min(HEAT.length - 2, Math.floor(place))
  const cold = HEAT[index] ?? LINE
  const hot = HEAT[index + 1] ?? LINE
  const mix = (at: 0 | 1 | 2): number => cold[at] + (place - index) * (hot[at] - cold[at])
  return [mix(0), mix(1), mix(2)]
}

function paint({ width, pixels }: Picture, x: number, y: number, colour: Colour): void {
  pixels.set(colour, 3 * (y * width + x))
}
