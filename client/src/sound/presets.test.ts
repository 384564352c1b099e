import { expect, test } from 'vitest'
import { soundOf, type Preset, type PresetFamily } from '../sequence/presets/preset.ts'
import { PRESETS } from '../sequence/presets/presets.ts'
import { CEILING } from './dsp/limiter.ts'
import { BLOCK } from './dsp/strip.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { CHORDS, songWith } from './testing/phrases.ts'
import { createSolo, LONGEST_GAP_SECONDS } from './testing/solo.ts'
import { trackId } from './testing/songs.ts'

const SAMPLE_RATE = 44_100
/** 120 beats a minute. */
const STANDING = [{ frame: 0, beat: 0, framesPerBeat: SAMPLE_RATE / 2, playing: false }] as const
const HELD_SECONDS = 0.35
/** -28 dB: what is hit once, as hard as it goes. */
const FAINTEST = 0.04
const SILENT = 1e-6
const ROOM_SECONDS = 5

/** Seconds from the end of the last note to silence, the room's reverb included. */
const TAILS: Readonly<Record<PresetFamily, number>> = {
  bass: 9,
  lead: 12,
  keys: 10,
  pad: 15,
  pluck: 12,
  bell: 14,
  fx: 14,
  drums: 12,
}

/** Plays a chord as hard as can be and hands back what comes block by block, for so many seconds or until it is silent. */
function playOut({ family, ...preset }: Preset, seconds: number) {
  const core = createEngineCore(SAMPLE_RATE)
  const patch = createSongPatcher()(songWith([], soundOf(preset)))
  if (patch !== undefined) core.change(patch)
  core.setTempo(STANDING)
  for (const pitch of CHORDS[family]) {
    core.audition({ track: trackId('ana'), pitch, velocity: 127, seconds: HELD_SECONDS })
  }
  const left = new Float32Array(BLOCK)
  const right = new Float32Array(BLOCK)
  let [peak, isFinite, lastHeard] = [0, true, 0]
  for (let frame = 0; frame < seconds * SAMPLE_RATE; frame += BLOCK) {
    core.process(left, right, frame)
    let most = 0
    for (let i = 0; i < BLOCK; i++) {
      const sample = Math.max(Math.abs(left[i] ?? NaN), Math.abs(right[i] ?? NaN))
      isFinite &&= Number.isFinite(sample)
      most = Math.max(most, sample)
    }
    peak = Math.max(peak, most)
    if (most >= SILENT) lastHeard = frame
    if (frame - lastHeard > LONGEST_GAP_SECONDS * SAMPLE_RATE) break
  }
  return { peak, isFinite, tailSeconds: lastHeard / SAMPLE_RATE - HELD_SECONDS }
}

test.each(PRESETS)('$name sounds, and stays below the limiter', (preset) => {
  const { peak, isFinite } = playOut(preset, HELD_SECONDS)

  expect(isFinite).toBe(true)
  expect(peak).toBeGreaterThan(FAINTEST)
  expect(peak).toBeLessThan(CEILING)
})

const solo = createSolo(SAMPLE_RATE)

test.each(PRESETS)('$name comes to an end', ({ family, ...preset }) => {
  const longest = TAILS[family] - ROOM_SECONDS
  const seconds = HELD_SECONDS + longest + 1

  const { tailSeconds } = solo.play(soundOf(preset), CHORDS[family], HELD_SECONDS, seconds)

  expect(tailSeconds).toBeLessThan(longest)
})

test.each(['Stone Chapel', 'Star Frost', 'Deep Sonar'])(
  'the room is silent soon after the end of %s',
  (name) => {
    const preset = PRESETS.find((one) => one.name === name)
    if (preset === undefined) throw new RangeError(`there must be a preset ${name}`)
    const { family } = preset
    const seconds = TAILS[family] + 1
    const dry = solo.play(soundOf(preset), CHORDS[family], HELD_SECONDS, seconds)

    const { tailSeconds } = playOut(preset, seconds)

    expect(tailSeconds).toBeLessThan(dry.tailSeconds + ROOM_SECONDS)
  },
)
