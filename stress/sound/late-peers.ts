import { createEngineCore } from '../../client/src/sound/engine-core.ts'
import type { EngineCore } from '../../client/src/sound/core-types.ts'
import { BLOCK, CHUNK } from '../../client/src/sound/dsp/strip.ts'
import { createSongPatcher } from '../../client/src/sound/song-patch.ts'
import type { Song } from '../../client/src/sequence/song.ts'
import { createDice, type Dice, seedOf } from '../random.ts'
import { must, type Given, type Scenario, type Verdict } from '../scenario.ts'
import { drawSong } from './draw-song.ts'
import { tamed } from './tame-song.ts'

/** So many schedules make one song here: each takes as long as hundreds of the others. */
const SHARE = 100
const RATE = 48_000
/** Steps of the loop. */
const STEPS = 8
/** What reverb and echo leave behind is not waited for longer; they are compared before the room. */
const SETTLING_SECONDS = 1.5
/** Steps that one is compared over. */
const COMPARED_STEPS = 2 * STEPS
/**
 * Parts of the loudest of both, -60 dB. A filter of the strip or an effect forgets where it came from at its own pace,
 * and a chorus reads its delays where blocks begin (-78 dB).
 */
const TOLERANCE = 1e-3
/** Softer than that a track does not count. */
const UNHEARD = 1e-4
const SHOWN_FAILURES = 20

/** What one listener's engine gave of each track, from one frame of the song on. */
type Heard = ReadonlyMap<string, Float64Array>

/** Whoever comes later, with blocks that begin elsewhere (by whole chunks), and heard of the tracks in another order, hears the same. */
export const latePeers: Scenario = {
  name: 'random songs, heard by one who came later',
  run: ({ seed, count, first }: Given): Promise<Verdict> => {
    const failures: string[] = []
    let passed = 0
    for (let index = first; index < first + count; index += SHARE) {
      try {
        playTwice(createDice(seedOf(seed, index)))
        passed++
      } catch (error) {
        failures.push(`--first ${index} --count 1: ${String(error)}`)
      }
    }
    const shown = failures.slice(0, SHOWN_FAILURES)
    const words = failures.length === 0 ? `${passed} songs` : `\n  ${shown.join('\n  ')}`
    return Promise.resolve({ passed, failed: failures.length, words })
  },
}

function playTwice(dice: Dice): void {
  const song = tamed(dice, drawSong(dice), STEPS)
  const framesPerBeat = (RATE * 60) / (150 + dice.below(90))
  // The slowest subdivision in the songs here is of eighths.
  const loop = CHUNK * Math.ceil(((STEPS / 2) * framesPerBeat) / CHUNK)
  const joined = loop + CHUNK * dice.below(loop / CHUNK)
  const from = joined + loop + Math.ceil(SETTLING_SECONDS * RATE)
  const to = from + Math.ceil((COMPARED_STEPS / 2) * framesPerBeat)
  const early = hear(song, { framesPerBeat, at: 0, from, to, isReversed: false })
  const late = hear(song, { framesPerBeat, at: joined, from, to, isReversed: true })
  for (const { id } of song.tracks) compare(id, early.get(id), late.get(id))
}

interface Listening {
  readonly framesPerBeat: number
  /** Where the first block begins, and what is kept, in frames of the song. */
  readonly at: number
  readonly from: number
  readonly to: number
  readonly isReversed: boolean
}

function hear(song: Song, { framesPerBeat, at, from, to, isReversed }: Listening): Heard {
  const core = createEngineCore(RATE)
  give(core, isReversed ? { ...song, tracks: song.tracks.toReversed() } : song)
  core.setOrigin(0)
  core.setSteps({ count: STEPS })
  core.setTempo([{ frame: 200, beat: 0, framesPerBeat, playing: true }])
  const heard = new Map(song.tracks.map(({ id }) => [id as string, new Float64Array(to - from)]))
  const [left, right] = [new Float32Array(BLOCK), new Float32Array(BLOCK)]
  let frame = at
  const stems = {
    take(id: string, one: Float64Array, _other: Float64Array, _at: number, count: number): void {
      const kept = heard.get(id)
      for (let i = 0; kept !== undefined && i < count; i++) {
        const place = frame + i - from
        if (place >= 0 && place < kept.length) kept[place] = one[i] ?? 0
      }
    },
  }
  for (; frame < to; frame += BLOCK) core.process(left, right, frame, stems)
  return heard
}

/** One track after the other, as a document would be read. */
function give(core: EngineCore, song: Song): void {
  const patchTo = createSongPatcher()
  for (let count = 1; count <= song.tracks.length; count++) {
    const patch = patchTo({ ...song, tracks: song.tracks.slice(0, count) })
    if (patch !== undefined) core.change(patch)
  }
}

function compare(
  id: string,
  early: Float64Array = new Float64Array(),
  late: Float64Array = new Float64Array(),
): void {
  let [loudest, farthest, where] = [0, 0, 0]
  for (let i = 0; i < early.length; i++) {
    const [one, other] = [early[i] ?? 0, late[i] ?? 0]
    loudest = Math.max(loudest, Math.abs(one), Math.abs(other))
    if (Math.abs(one - other) <= farthest) continue
    farthest = Math.abs(one - other)
    where = i
  }
  if (loudest < UNHEARD) return
  const share = farthest / loudest
  must(
    share < TOLERANCE,
    `${id} must sound the same for who came later, differs by ${share.toExponential(1)} of ${loudest.toFixed(4)} at ${where}`,
  )
}
