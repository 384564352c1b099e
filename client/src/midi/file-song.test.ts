import { expect, test } from 'vitest'
import { fileSong } from './file-song.ts'
import type { MidiEvent, MidiFile } from './smf.ts'

const on = (tick: number, channel: number, pitch = 60): readonly MidiEvent[] => [
  { tick, kind: 'note-on', channel, pitch, velocity: 100 },
  { tick: tick + 10, kind: 'note-off', channel, pitch },
]
const fileOf = (...tracks: readonly (readonly MidiEvent[])[]): MidiFile => ({
  format: 1,
  ticksPerBeat: 96,
  tracks: tracks.map((events) => ({ events, endTick: 200 })),
})

test('each channel of each track is a part, by the name of its track', () => {
  const song = fileSong(
    fileOf(
      [{ tick: 0, kind: 'name', text: 'All of it' }],
      [{ tick: 0, kind: 'name', text: ' Band ' }, ...on(0, 0), ...on(20, 9, 36), ...on(40, 0)],
      [{ tick: 0, kind: 'instrument', text: 'Violin' }, ...on(0, 3)],
      on(0, 4),
    ),
  )

  expect(
    song.parts.map(({ name, channel, isDrums, notes }) => [name, channel, isDrums, notes.length]),
  ).toEqual([
    ['Band', 0, false, 2],
    ['Band', 9, true, 1],
    ['Violin', 3, false, 1],
    ['', 4, false, 1],
  ])
})

test('the first tempo is taken, and later ones are counted', () => {
  const tempo = (tick: number, microsPerBeat: number): MidiEvent => ({
    tick,
    kind: 'tempo',
    microsPerBeat,
  })
  const song = fileSong(fileOf([tempo(50, 400_000), tempo(90, 400_000)], [tempo(0, 500_000)]))

  expect([song.bpm, song.tempoChanges]).toEqual([120, 1])
  expect(fileSong(fileOf([])).bpm).toBeUndefined()
})

test('bars are as long as the file says', () => {
  const meter: MidiEvent = { tick: 0, kind: 'meter', beats: 6, unit: 8 }

  expect(fileSong(fileOf([meter])).barBeats).toBe(3)
  expect(fileSong(fileOf([])).barBeats).toBe(4)
})

test('a note that is never let go of lasts until the track ends, and is marked', () => {
  const events: readonly MidiEvent[] = [
    { tick: 5, kind: 'note-on', channel: 0, pitch: 60, velocity: 1 },
  ]

  expect(fileSong(fileOf(events)).parts[0]?.notes).toEqual([
    { tick: 5, endTick: 200, pitch: 60, velocity: 1, channel: 0, isHanging: true },
  ])
})
