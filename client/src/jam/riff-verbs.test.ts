import { expect, test } from 'vitest'
import type { Song } from '../sequence/song.ts'
import { withRiff } from '../sequence/with-riff.ts'
import { createChordVerbs } from './chord-verbs.ts'
import { createLaunchVerbs } from './launch-verbs.ts'
import { createRiffVerbs, type RiffVerbs } from './riff-verbs.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'

/** As it is in a riff: nobody's, with what was launched. */
const asRiff = (song: Song): Song => ({
  ...song,
  tracks: song.tracks.map((track) => ({ ...track, owner: '' })),
})

const verbsOf = ({ verbs }: SongCopy): RiffVerbs => verbs.late(createRiffVerbs)
const become = (copy: SongCopy, riff: Song): unknown =>
  verbsOf(copy).become(withRiff(copy.song(), riff), 1_790_000_000_000)

/** Ana's track in a riff, with everything that a riff brings back. */
function riffOfAna(): Song {
  const then = createSongCopy()
  then.verbs.toggleNote(ANAS_TRACK, 3, 60)
  then.verbs.toggleNote(ANAS_TRACK, 5, 62, 'c')
  then.verbs.setParam(ANAS_TRACK, 'cutoffHz', 700)
  then.verbs.setParam(ANAS_TRACK, 'steps', 12)
  then.verbs.late(createLaunchVerbs).launch(new Map([[ANAS_TRACK, { pattern: 'c', isOff: false }]]))
  then.verbs.setScale(2, 'dorian')
  then.verbs.setSwing(60)
  then.verbs.late(createChordVerbs).setChords([{ root: 9, quality: 'm7', halfBars: 2 }])
  then.verbs.setParam(ANAS_TRACK, 'follow', 'root')
  then.verbs.nameScene('c', 'Chorus')
  return asRiff(then.song())
}

test('a song becomes what it was in a riff, to the last value', () => {
  const riff = riffOfAna()
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 9, 72)
  ana.verbs.setParam(ANAS_TRACK, 'lock', '')
  const bo = createSongCopy(BOS_TRACK)
  bo.verbs.toggleNote(BOS_TRACK, 0, 40)
  for (const update of bo.sent) receive(ana, update)
  const wanted = withRiff(ana.song(), riff)

  expect(become(ana, riff)).toBeUndefined()

  expect(ana.song()).toEqual(wanted)
  expect(ana.song().tracks.find(({ id }) => id === BOS_TRACK)?.launch?.isOff).toBe(true)
})

test('a track that is gone returns behind the others, as of somebody who has left', () => {
  const bo = createSongCopy(BOS_TRACK)
  bo.verbs.toggleNote(BOS_TRACK, 0, 40)

  become(bo, riffOfAna())

  expect(bo.song().tracks.map(({ id, owner }) => [id, owner])).toEqual([
    [BOS_TRACK, `owner of ${BOS_TRACK}`],
    [ANAS_TRACK, ''],
  ])
})

test('taking it back brings everything back that stood there, and leaves nothing of the riff', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 9, 72)
  ana.verbs.setScale(0, 'major')
  const before = ana.song()
  become(ana, riffOfAna())

  const outcome = ana.verbs.undo()

  expect(outcome?.step).toMatchObject({ kind: 'riff' })
  const { launch, ...track } = ana.song().tracks[0] ?? {}
  expect({ ...ana.song(), tracks: [track] }).toEqual(before)
  expect(launch ?? { pattern: 'a', isOff: false }).toEqual({ pattern: 'a', isOff: false })
})

test('two who write the same riff make one song, and what stands already is not written again', () => {
  const riff = riffOfAna()
  const [ana, bo] = [createSongCopy(), createSongCopy(BOS_TRACK)]
  ana.verbs.toggleNote(ANAS_TRACK, 9, 72)
  for (const update of ana.sent.splice(0)) receive(bo, update)
  become(ana, riff)
  become(bo, riff)
  const [anas, bos] = [ana.sent.splice(0), bo.sent.splice(0)]
  for (const update of anas) receive(bo, update)
  for (const update of bos) receive(ana, update)

  expect(ana.song()).toEqual(bo.song())
  expect(ana.song()).toEqual(withRiff(ana.song(), riff))
  become(ana, riff)
  expect(ana.sent).toEqual([])
})

test('what is agreed to come back is in the song, unless it is none', () => {
  const ana = createSongCopy()
  const comeback = { riff: '0123456789abcdef'.repeat(2), epoch: 'one', sharedMs: 5 }

  verbsOf(ana).setComeback(comeback)
  expect(ana.song().comeback).toEqual(comeback)
  for (const wrong of ['', 'x'.repeat(32), '0'.repeat(33)]) {
    verbsOf(ana).setComeback({ ...comeback, riff: wrong })
    expect(ana.song()).not.toHaveProperty('comeback')
  }
  verbsOf(ana).setComeback(undefined)
  expect(ana.song()).not.toHaveProperty('comeback')
})
