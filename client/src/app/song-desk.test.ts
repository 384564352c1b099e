import { expect, test } from 'vitest'
import { createLaunchVerbs } from '../jam/launch-verbs.ts'
import { createWholeSongVerbs } from '../jam/whole-song-verbs.ts'
import { ANAS_TRACK, createSongCopy, receive } from '../jam/testing.ts'
import { noteKey } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createDeskStage } from './desk-stage.ts'

test('a note is heard as it is written, also while the song plays, and not as it goes', () => {
  const { toggleNote, heard, view } = createDeskStage()

  toggleNote(ANAS_TRACK, 2, 60)
  view.set({ playing: true, bpm: 100 })
  toggleNote(ANAS_TRACK, 3, 62)
  toggleNote(ANAS_TRACK, 3, 62)

  expect(heard).toEqual([60, 62])
})

test('velocity and length of a note change apart from each other', () => {
  const { toggleNote, setNote, song, timers } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)

  setNote(ANAS_TRACK, 2, 60, { velocity: 40 })
  setNote(ANAS_TRACK, 2, 60, { length: 4 })
  setNote(ANAS_TRACK, 2, 60, { velocity: 44 })
  timers.advance(300)

  expect(song().tracks[0]?.patterns.a.get(noteKey(2, 60))).toMatchObject({
    velocity: 44,
    length: 4,
  })
})

test('a knob that turns is heard at once, and becomes one change of the song', () => {
  const { toggleNote, setParam, song, timers, sent } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)
  sent.splice(0)

  for (let cutoffHz = 400; cutoffHz < 500; cutoffHz++) setParam(ANAS_TRACK, 'cutoffHz', cutoffHz)
  expect(song().tracks[0]?.sound.cutoffHz).toBe(499)
  expect(sent).toHaveLength(0)
  timers.advance(300)

  expect(song().tracks[0]?.sound.cutoffHz).toBe(499)
  expect(sent).toHaveLength(1)
})

test('a knob of a track that is not in the song yet brings it there', () => {
  const { setParam, song } = createDeskStage()

  setParam(ANAS_TRACK, 'cutoffHz', 400)

  expect(song().tracks[0]?.sound.cutoffHz).toBe(400)
})

test('a note that is not there is not changed into being', () => {
  const { setNote, song } = createDeskStage()

  setNote(ANAS_TRACK, 2, 60, { velocity: 40 })

  expect(song().tracks).toEqual([])
})

test('a saved song opens as it was, mine stays mine, and restore takes it back', async () => {
  const { toggleNote, setChoice, saveSong, openSong, clearTrack, song, verbs, told, undo } =
    createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)
  verbs.late(createLaunchVerbs).launch(new Map([[ANAS_TRACK, { pattern: 'd', isOff: false }]]))
  setChoice(ANAS_TRACK, 'waveform', 'square')
  const file = await saveSong()
  clearTrack(ANAS_TRACK)
  toggleNote(ANAS_TRACK, 7, 70)

  await openSong(file)

  expect(song().tracks).toHaveLength(1)
  expect(song().tracks[0]).toMatchObject({
    id: ANAS_TRACK,
    owner: 'ana',
    sound: { waveform: 'square' },
    launch: { pattern: 'd', isOff: false },
  })
  expect([...(song().tracks[0]?.patterns.a.keys() ?? [])]).toEqual(['2/60'])
  expect(told).toEqual(expect.arrayContaining(['tempo 100', 'one', 'two']))
  undo()
  expect(song().tracks[0]?.patterns.a.has(noteKey(7, 70))).toBe(true)
})

test('in an opened song tracks are linked as they were in the saved one', async () => {
  const { toggleNote, setLink, saveSong, openSong, song, verbs } = createDeskStage()
  const other = 'otherother' as TrackId
  verbs
    .late(createWholeSongVerbs)
    .replaceSong({ root: 0, scale: 'chromatic', stepCount: 16, tracks: [otherTrack(other)] })
  toggleNote(ANAS_TRACK, 2, 60)
  setLink(ANAS_TRACK, 'duckBy', other)

  await openSong(await saveSong())

  const [mine, theirs] = [true, false].map((isMine) =>
    song().tracks.find(({ id }) => (id === ANAS_TRACK) === isMine),
  )
  expect(theirs?.id).not.toBe(other)
  expect(mine?.sound.duckBy).toBe(theirs?.id)
})

const otherTrack = (id: TrackId) => ({
  id,
  meta: { owner: '', home: 'bos', name: 'bo', colour: 1, bornMs: 1 },
  part: { notes: [], sound: INITIAL_SOUND, subdivision: 4 as const },
})

test('many values are set at once, those that differ and no others', () => {
  const { setSound, toggleNote, song, sent } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)
  const before = sent.length

  setSound(ANAS_TRACK, { ...INITIAL_SOUND, cutoffHz: 500, kit: 'Attic' })

  expect(sent.length).toBe(before + 1)
  expect(sent.at(-1)?.length).toBeLessThan(200)
  expect(song().tracks[0]?.sound).toEqual({ ...INITIAL_SOUND, cutoffHz: 500, kit: 'Attic' })
})

test('what is no song is refused with a sentence, and nothing is lost', async () => {
  const { toggleNote, openSong, song } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)

  await expect(openSong(new Blob(['MThd']))).rejects.toThrow('This file is not a Beatcord song.')
  await expect(openSong(new Blob([new Uint8Array(11_000_000)]))).rejects.toThrow('too large')

  expect(song().tracks[0]?.patterns.a.size).toBe(1)
})

test('of a song that is only read no knob turns', () => {
  const { setParam, setNote, song, timers, sent, doc } = createDeskStage('newer-song')
  const other = createSongCopy()
  other.verbs.toggleNote(ANAS_TRACK, 2, 60)
  for (const update of other.sent) receive({ doc, verbs: other.verbs, song, sent }, update)

  setParam(ANAS_TRACK, 'cutoffHz', 400)
  setNote(ANAS_TRACK, 2, 60, { velocity: 7 })

  expect(song()).toEqual(other.song())
  timers.advance(300)
  expect(sent).toEqual([])
})

test('a song that is only read takes no file', async () => {
  const { openSong } = createDeskStage('newer-song')

  await expect(openSong(new Blob(['{}']))).rejects.toThrow('cannot be changed')
})

test('what a hand still moved is written before many notes are changed, not over them', () => {
  const { toggleNote, setNote, editNotes, song, timers } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)
  setNote(ANAS_TRACK, 2, 60, { velocity: 40 })

  editNotes(ANAS_TRACK, {
    remove: [],
    write: [{ step: 2, pitch: 60, velocity: 90, length: 1 }],
  })
  timers.advance(300)

  expect(song().tracks[0]?.patterns.a.get(noteKey(2, 60))?.velocity).toBe(90)
})
