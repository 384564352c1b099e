import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { argv, stdout } from 'node:process'
import { fileURLToPath } from 'node:url'
import {
  PRESET_FAMILIES,
  soundOf,
  type Preset,
  type PresetFamily,
} from '../client/src/sequence/presets/preset.ts'
import { PRESETS } from '../client/src/sequence/presets/presets.ts'
import { INITIAL_SOUND } from '../client/src/sequence/track-sound.ts'
import { render, type Pcm } from '../client/src/sound/render.ts'
import {
  PHRASE_SECONDS,
  PHRASES,
  playingFor,
  songWith,
} from '../client/src/sound/testing/phrases.ts'
import { distanceDb, measure, type Measures } from './gallery/measures.ts'
import { drawSounds } from './gallery/picture.ts'
import { encodePng } from './gallery/png.ts'
import { encodeWav } from './gallery/wav.ts'

/**
 * Renders what one would play on every preset to bench/out, a WAV and a picture a family, and prints what was measured.
 * Arguments are the families wanted; all of them when there are none.
 */
const OUT = join(dirname(fileURLToPath(import.meta.url)), 'out')
const SAMPLE_RATE = 48_000
const SECONDS = 10
/** So quiet that neither glue nor limiter has a part in it. */
const QUIET = INITIAL_SOUND.volume / 8
const QUIET_DB = 20 * Math.log10(8)
/** What the louder half of a phrase should be at the usual volume: so much below the initial sawtooth's, as it leads or follows. */
const GOAL_DB: Readonly<Record<PresetFamily, number>> = {
  bass: -20,
  lead: -22,
  keys: -21,
  pad: -22,
  pluck: -23,
  bell: -23,
  fx: -24,
  drums: -21,
}
/** To the ear what is dark is softer: for each octave its middle lies lower than others', up to so many octaves. */
const DB_AN_OCTAVE = 1.2
const MOST_OCTAVES = 1.1
const TOO_NEAR_DB = 3

const play = ({ family, ...preset }: Preset, volume?: number): Pcm =>
  render(songWith(PHRASES[family], soundOf(preset), volume), playingFor(PHRASE_SECONDS), {
    fromMs: 0,
    seconds: SECONDS,
    sampleRate: SAMPLE_RATE,
  })

function show(family: PresetFamily): void {
  const presets = PRESETS.filter((preset) => preset.family === family)
  const sounds = presets.map((preset) => play(preset))
  const measures = presets.map((preset) => measure(play(preset, QUIET), PHRASE_SECONDS))
  stdout.write(`\n${family}\n${HEADS}\n`)
  const centroids = measures.map(({ centroidHz }) => centroidHz).sort((one, other) => one - other)
  const usualHz = centroids[Math.floor(centroids.length / 2)] ?? 1
  presets.forEach((preset, index) => {
    const found = measures[index]
    if (found !== undefined) stdout.write(`${wordsOf(preset, found, usualHz)}\n`)
  })
  for (const line of nearest(presets, measures)) stdout.write(`${line}\n`)
  writeFileSync(join(OUT, `presets-${family}.png`), encodePng(drawSounds(sounds)))
  writeFileSync(join(OUT, `presets-${family}.wav`), encodeWav(joined(sounds)))
}

const HEADS =
  'preset           loud  peak crest    offset centroid  tail steep alike   trim -> should be'

function wordsOf({ name, family, sound }: Preset, found: Measures, usualHz: number): string {
  const loudness = found.loudnessDb + QUIET_DB
  const darker = Math.log2(usualHz / found.centroidHz)
  const goal =
    GOAL_DB[family] + DB_AN_OCTAVE * Math.min(MOST_OCTAVES, Math.max(-MOST_OCTAVES, darker))
  const trim = sound.trimDb ?? 0
  return [
    name.padEnd(15),
    loudness.toFixed(1).padStart(6),
    (found.peakDb + QUIET_DB).toFixed(1).padStart(5),
    found.crestDb.toFixed(1).padStart(5),
    found.offset.toExponential(1).padStart(9),
    found.centroidHz.toFixed(0).padStart(8),
    found.tailSeconds.toFixed(2).padStart(5),
    found.steepest.toFixed(2).padStart(5),
    found.likeness.toFixed(2).padStart(5),
    trim.toFixed(1).padStart(6),
    (trim + goal - loudness).toFixed(1).padStart(12),
  ].join(' ')
}

/** Of each preset the one that is most like it, where that is near. */
function nearest(presets: readonly Preset[], measures: readonly Measures[]): readonly string[] {
  const pairs = measures.flatMap((one, index) =>
    measures.slice(index + 1).map((other, after) => ({
      names: `${presets[index]?.name ?? ''} and ${presets[index + 1 + after]?.name ?? ''}`,
      distance: distanceDb(one, other),
    })),
  )
  pairs.sort((one, other) => one.distance - other.distance)
  return pairs
    .slice(0, 4)
    .map(
      ({ names, distance }) =>
        `${distance < TOO_NEAR_DB ? 'TOO ALIKE' : 'alike'}: ${names}, ${distance.toFixed(1)} dB`,
    )
}

function joined(sounds: readonly Pcm[]): Pcm {
  const frames = SECONDS * SAMPLE_RATE
  const left = new Float32Array(sounds.length * frames)
  const right = new Float32Array(sounds.length * frames)
  sounds.forEach((sound, index) => {
    left.set(sound.left, index * frames)
    right.set(sound.right, index * frames)
  })
  return { left, right, sampleRate: SAMPLE_RATE }
}

mkdirSync(OUT, { recursive: true })
const wanted = argv.slice(2)
for (const family of PRESET_FAMILIES) {
  if (wanted.length === 0 || wanted.includes(family)) show(family)
}
