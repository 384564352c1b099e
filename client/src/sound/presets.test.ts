import { expect, test } from 'vitest'
import { pieceToPitch } from '../sequence/drum-sound.ts'
import { soundOf, type Preset, type PresetFamily } from '../sequence/presets/preset.ts'
import { PRESETS } from '../sequence/presets/presets.ts'
import { BLOCK } from './dsp/strip.ts'
import { CEILING } from './dsp/limiter.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { songWith } from './testing/phrases.ts'
import { trackId } from './testing/songs.ts'

const SAMPLE_RATE = 44_100
/** 120 beats a minute. */
const STANDING = [{ frame: 0, beat: 0, framesPerBeat: SAMPLE_RATE / 2, playing: false }] as const
const NOTE_SECONDS = 0.4
/** -28 dB: what is hit once, as hard as it goes. */
const FAINTEST = 0.04
const SILENT = 1e-6
/** The latest repeat of an echo, of a quarter and a half, comes after less than this. */
const LONGEST_GAP_SECONDS = 0.8

/** Seconds from the end of the last note to silence. */
const TAILS: Readonly<Record<PresetFamily, number>> = {
  bass: 6,
  lead: 12,
  keys: 8,
  pad: 15,
  pluck: 12,
  bell: 15,
  fx: 15,
  drums: 12,
}

/** A chord where one plays chords, a few pieces of a kit, one note of whatever leads. */
const PLAYED: Readonly<Record<PresetFamily, readonly number[]>> = {
  bass: [33],
  lead: [72],
  keys: [57, 60, 64, 67],
  pad: [57, 60, 64],
  pluck: [64],
  bell: [76],
  fx: [57],
  drums: (['kick', 'snare', 'open-hat'] as const).map(pieceToPitch),
}

/** What a preset does when it is played as hard as can be, until it is silent or the family's time is over. */
function playOut({ family, ...preset }: Preset): { peak: number; sane: boolean; tail: number } {
  const core = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(songWith([], soundOf(preset)))
  if (patch !== undefined) core.change(patch)
  core.setTempo(STANDING)
  for (const pitch of PLAYED[family]) {
    core.audition({ track: trackId('ana'), pitch, velocity: 127, seconds: NOTE_SECONDS })
  }
  const left = new Float32Array(BLOCK)
  const right = new Float32Array(BLOCK)
  const longest = (NOTE_SECONDS + TAILS[family] + 1) * SAMPLE_RATE
  let [peak, sane, lastHeard] = [0, true, 0]
  for (let frame = 0; frame < longest; frame += BLOCK) {
    core.process(left, right, frame)
    let most = 0
    for (let i = 0; i < BLOCK; i++) {
      const sample = Math.max(Math.abs(left[i] ?? NaN), Math.abs(right[i] ?? NaN))
      sane &&= Number.isFinite(sample)
      most = Math.max(most, sample)
    }
    peak = Math.max(peak, most)
    if (most >= SILENT) lastHeard = frame
    if (frame - lastHeard > LONGEST_GAP_SECONDS * SAMPLE_RATE) break
  }
  return { peak, sane, tail: lastHeard / SAMPLE_RATE - NOTE_SECONDS }
}

test.each(PRESETS)('$name sounds, stays below the limiter and comes to an end', (preset) => {
  const { peak, sane, tail } = playOut(preset)

  expect(sane).toBe(true)
  expect(peak).toBeGreaterThan(FAINTEST)
  expect(peak).toBeLessThan(CEILING)
  expect(tail).toBeLessThan(TAILS[preset.family])
})
