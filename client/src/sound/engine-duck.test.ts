import { expect, test } from 'vitest'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import type { Song } from '../sequence/song.ts'
import type { Note } from '../sequence/pattern.ts'
import { createEngineCore } from './engine-core.ts'
import { createSongPatcher } from './song-patch.ts'
import { loudnessOf } from './testing/listen.ts'
import { note, songOf, trackOf } from './testing/songs.ts'
import { SINE } from './testing/two-tracks.ts'

const KICK = trackOf([note(0, 36, 127)], {
  id: 'kickkick',
  sound: { ...INITIAL_SOUND, instrument: 'drums', volume: 0 },
})
const BASS: TrackSound = {
  ...SINE,
  attackSeconds: 0.001,
  releaseSeconds: 0.02,
  duck: 1,
  duckBy: 'kickkick',
  duckSeconds: 0.3,
}
const bassOf = (...notes: readonly Note[]) => trackOf(notes, { id: 'bassbass', sound: BASS })

/** @param then  what the song is from frame `at` on */
function heard(song: Song, then: Song, at: number): Float32Array {
  const core = createEngineCore(48_000)
  const patchTo = createSongPatcher()
  core.setTempo([{ frame: 128, beat: 0, framesPerBeat: 24_000, playing: true }])
  const left = new Float32Array(64_000)
  for (let frame = 0; frame < left.length; frame += 128) {
    const patch = patchTo(frame < at ? song : then)
    if (patch !== undefined) core.change(patch)
    core.process(left.subarray(frame, frame + 128), new Float32Array(128), frame)
  }
  return left
}

test('a track that was silent meanwhile is ducked no more than one that sounded on', () => {
  const again = note(8, 57, 100, 4)
  const songs = [[note(0, 57), again], [again]].map((notes) => songOf(KICK, bassOf(...notes)))
  const levels = songs.map((song) => loudnessOf(heard(song, song, 0), 48_200, 50_600))

  // A second after the kick the bass is back.
  expect(levels[0]).toBeGreaterThan(0.12)
  expect(levels[1]).toBeGreaterThan(0.12)
})

test('a bass that begins while a kick rings is as soft as if it had sounded before', () => {
  const late = songOf(KICK, bassOf({ ...note(1, 57, 100, 4), nudge: -24 }))
  const early = songOf(KICK, bassOf(note(0, 57, 100, 6)))
  const [one = NaN, other = NaN] = [late, early].map((song) =>
    loudnessOf(heard(song, song, 0), 3080, 3500),
  )

  expect(one).toBeLessThan(0.01)
  expect(other).toBeLessThan(0.01)
})

test.each([
  ['leaves', songOf(bassOf(note(0, 45, 100, 16)))],
  [
    'is no longer the one that ducks',
    songOf(
      KICK,
      trackOf([note(0, 45, 100, 16)], { id: 'bassbass', sound: { ...BASS, duckBy: '' } }),
    ),
  ],
])('nothing clicks when the track that ducks %s', (_, then) => {
  const left = heard(songOf(KICK, bassOf(note(0, 45, 100, 16))), then, 2560)

  let leap = 0
  for (let at = 2000; at < 6000; at++) {
    leap = Math.max(leap, Math.abs((left[at] ?? 0) - (left[at - 1] ?? 0)))
  }
  expect(leap).toBeLessThan(0.01)
  expect(loudnessOf(left, 30_000, 40_000)).toBeGreaterThan(0.1)
})
