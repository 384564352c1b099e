import { expect, test } from 'vitest'
import { note, songOf, trackOf, CLICK } from '../sound/testing/songs.ts'
import type { Song } from '../sequence/song.ts'
import { fileSong } from './file-song.ts'
import { PROGRAMS } from './gm-program.ts'
import type { Take } from './song-strokes.ts'
import { songToMidi, type FileTexts } from './song-to-midi.ts'

const TEXTS: FileTexts = {
  title: 'attic',
  credits: ['Played by ana and bo'],
  trackName: ({ id }) => `Bass · ${id}`,
  trackCredit: ({ id }) => `Played by ${id}`,
  passageName: (passage) => `Scene ${passage}`,
}
const TAKE: Take = { passages: ['now'], loops: 1, hasChance: true, hasFeel: true }
const fileOf = (song: Song, take: Partial<Take> = {}, bpm = 120) => {
  const file = songToMidi(song, song.tracks, bpm, { ...TAKE, ...take }, TEXTS)
  if (file === undefined) throw new Error('too much')
  return file
}
const kit = { ...CLICK, instrument: 'drums' as const }

test('the first track says what holds for all, and each other one whose it is', () => {
  const song = songOf(trackOf([note(0, 60)]), trackOf([note(4, 36)], { id: 'bo', sound: kit }))

  const { format, tracks } = fileOf(song, { passages: ['a', 'b'] }, 96)

  expect(format).toBe(1)
  expect(tracks[0]).toEqual({
    events: [
      { tick: 0, kind: 'name', text: 'attic' },
      { tick: 0, kind: 'text', text: 'Played by ana and bo' },
      { tick: 0, kind: 'tempo', microsPerBeat: 625_000 },
      { tick: 0, kind: 'meter', beats: 4, unit: 4 },
      { tick: 0, kind: 'marker', text: 'Scene a' },
      { tick: 3840, kind: 'marker', text: 'Scene b' },
    ],
    endTick: 7680,
  })
  expect(tracks.slice(1).map(({ events }) => events.slice(0, 3))).toEqual([
    [
      { tick: 0, kind: 'name', text: 'Bass · ana' },
      { tick: 0, kind: 'text', text: 'Played by ana' },
      { tick: 0, kind: 'program', channel: 0, program: PROGRAMS.pluck },
    ],
    [
      { tick: 0, kind: 'name', text: 'Bass · bo' },
      { tick: 0, kind: 'text', text: 'Played by bo' },
      { tick: 0, kind: 'program', channel: 9, program: 0 },
    ],
  ])
})

test('kits are on the tenth channel, and no synth is; of more than fifteen synths two share one', () => {
  const synths = Array.from({ length: 16 }, (_, index) =>
    trackOf([note(0, 60)], { id: `synth${index}` }),
  )
  const kits = ['one', 'two'].map((id) => trackOf([note(0, 36)], { id, sound: kit }))

  const { parts } = fileSong(fileOf(songOf(...synths, ...kits)))

  const channels = parts.map(({ channel }) => channel)
  expect(channels).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 0, 9, 9])
})

test('a foreign player gets an instrument that is near', () => {
  const programOf = (pitch: number, sound: Partial<typeof CLICK>) => {
    const song = songOf(trackOf([note(0, pitch)], { sound: { ...CLICK, sustain: 0.8, ...sound } }))
    const programs = fileOf(song).tracks.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'program' ? [event.program] : [])),
    )
    return programs[0]
  }

  expect(programOf(36, { waveform: 'organ' })).toBe(PROGRAMS.synthBass)
  expect(programOf(60, { waveform: 'choir' })).toBe(PROGRAMS.choir)
  expect(programOf(60, { attackSeconds: 0.6 })).toBe(PROGRAMS.warmPad)
  expect(programOf(60, { waveform: 'organ' })).toBe(PROGRAMS.drawbarOrgan)
  expect(programOf(60, { waveform: 'glass' })).toBe(PROGRAMS.glassBell)
  expect(programOf(60, { waveform: 'sine' })).toBe(PROGRAMS.electricPiano)
  expect(programOf(60, { waveform: 'square' })).toBe(PROGRAMS.squareLead)
  expect(programOf(60, { waveform: 'sawtooth' })).toBe(PROGRAMS.sawLead)
})

const notesOf = (song: Song, take: Partial<Take> = {}) =>
  fileSong(fileOf(song, take)).parts.flatMap(({ notes }) =>
    notes.map(({ tick, endTick, pitch, velocity }) => [tick, endTick, pitch, velocity]),
  )

test('a note ends where its pitch is struck anew; of two strokes at once the louder stays', () => {
  const held = trackOf([note(0, 60, 100, 8), note(2, 60, 90, 2), note(2, 64, 80, 1)])
  const flammed = trackOf([{ ...note(0, 67), flam: true }], { id: 'bo' })

  expect(notesOf(songOf(held))).toEqual([
    [0, 480, 60, 100],
    [480, 960, 60, 90],
    [480, 720, 64, 80],
  ])
  expect(notesOf(songOf(flammed))).toEqual([[0, 240, 67, 100]])
})

test('a track lasts until its last note has ended', () => {
  const { tracks } = fileOf(songOf(trackOf([note(15, 60, 100, 4)])))

  expect(tracks.map(({ endTick }) => endTick)).toEqual([3840, 4560])
})

test('a track that strikes nothing is left out', () => {
  const { tracks } = fileOf(songOf(trackOf([]), trackOf([note(0, 60)], { id: 'bo' })))

  expect(tracks.map(({ events }) => events[0])).toMatchObject([
    { text: 'attic' },
    { text: 'Bass · bo' },
  ])
})
