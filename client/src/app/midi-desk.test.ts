import { expect, test } from 'vitest'
import { ANAS_TRACK } from '../jam/testing.ts'
import { LOCKED } from '../jam/track-draft.ts'
import { importPlan, firstTargets, type ImportChoices } from '../midi/import-plan.ts'
import { fileSong, type FileSong } from '../midi/file-song.ts'
import { parseSmf } from '../midi/parse-smf.ts'
import { END, head, track } from '../midi/testing/bytes.ts'
import type { TrackId } from '../sequence/song.ts'
import { createDeskStage } from './desk-stage.ts'
import type { MidiDesk, MidiExport } from './midi-types.ts'

const TAKE: MidiExport = {
  passages: ['now'],
  loops: 1,
  hasChance: true,
  hasFeel: true,
  hasMuted: false,
}
const CHOICES: Omit<ImportChoices, 'targets'> = { fromBar: 0, length: 'own', isTight: false }

async function openDesk(writable?: 'newer-song') {
  const stage = createDeskStage(writable)
  return { ...stage, desk: await stage.midi() }
}
const readBack = async (file: Blob): Promise<FileSong> => {
  const verdict = parseSmf(new Uint8Array(await file.arrayBuffer()))
  if (!verdict.ok) throw new Error(verdict.reason)
  return fileSong(verdict.file, verdict.oddities)
}
const named = (name: string): readonly number[] => [
  0,
  0xff,
  3,
  name.length,
  ...Array.from(name, (letter) => letter.charCodeAt(0)),
]
/** Two parts of a bar: one note, and a stroke of a kit. */
const BAND = new Blob([
  Uint8Array.from([
    ...head({ format: 1, tracks: 2 }),
    ...track([...named('Bass'), 0, 0x90, 40, 90, 96, 0x80, 40, 0, ...END]),
    ...track([...named('Kit'), 96, 0x99, 36, 80, 24, 0x89, 36, 0, ...END]),
  ]),
])
const bringIn = (desk: MidiDesk, song: FileSong, change = {}): void => {
  const room = desk.room()
  const targets = firstTargets(song.parts, room)
  desk.bring(importPlan(song, room, { ...CHOICES, targets }), change)
}

test('the jam goes into a file by the names of who plays it', async () => {
  const { desk, toggleNote, addTrack, nameTrack } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)
  const drums = addTrack('drums', 'Beat') as TrackId
  toggleNote(drums, 4, 36)
  nameTrack(ANAS_TRACK, 'Bass')

  const { parts, bpm } = await readBack(desk.exportSong(TAKE, 'attic'))

  expect(bpm).toBe(100)
  expect(parts.map(({ name, channel }) => [name, channel])).toEqual([
    ['Bass · anas', 0],
    ['Beat · ana', 9],
  ])
})

test('credits say who plays what', async () => {
  const { desk, toggleNote, addTrack } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)
  toggleNote(addTrack('drums', '') as TrackId, 4, 36)

  const text = await desk.exportSong({ ...TAKE, passages: ['a'] }, 'attic').text()

  expect(text).toContain('attic · Beatcord')
  expect(text).toContain('anas: Synth')
  expect(text).toContain('ana: Drums')
  expect(text).toContain('Played by anas')
  expect(text).toContain('Scene A')
})

test('a muted track stays at home unless it is asked for', async () => {
  const { desk, toggleNote, setChoice } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)
  setChoice(ANAS_TRACK, 'muted', 'on')

  expect(() => desk.exportSong(TAKE, 'attic')).toThrow('no notes to save')
  expect((await readBack(desk.exportSong({ ...TAKE, hasMuted: true }, 'x'))).parts).toHaveLength(1)
})

test('more than a file should hold is refused in words', async () => {
  const { desk, toggleNote } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)

  expect(() => desk.exportSong({ ...TAKE, loops: 200_000 }, 'x')).toThrow('too long for one file')
})

test('what a file holds is written as one edit, and one undo takes it back', async () => {
  const { desk, song, undo, told, sent, history } = await openDesk()
  sent.splice(0)

  bringIn(desk, await desk.read(BAND))

  expect(song().tracks.map(({ title, sound }) => [title, sound.instrument])).toEqual([
    ['Bass', 'synth'],
    ['Kit', 'drums'],
  ])
  expect(song().tracks[0]?.id).toBe(ANAS_TRACK)
  expect([...(song().tracks[0]?.patterns.a.values() ?? [])]).toEqual([
    { step: 0, pitch: 40, velocity: 90, length: 4 },
  ])
  expect([...(song().tracks[1]?.patterns.a.values() ?? [])]).toMatchObject([{ step: 4, pitch: 36 }])
  expect(sent).toHaveLength(1)
  expect(history.read()).toMatchObject([{ kind: 'midi', count: 2 }])
  expect(told).toEqual([])

  undo()
  expect(song().tracks).toEqual([])
})

test('tempo and length of the room change only by a word, and the length is part of the edit', async () => {
  const { desk, song, undo, told } = await openDesk()
  const file = await desk.read(BAND)

  bringIn(desk, file)
  expect(song().stepCount).toBe(16)
  bringIn(desk, file, { bpm: 96, stepCount: 32 })

  expect(song().stepCount).toBe(32)
  expect(told).toEqual(['tempo 96'])
  undo()
  expect(song().stepCount).toBe(16)
})

test('a pattern with notes gives way to those of the file; its track stays as it is', async () => {
  const { desk, song, toggleNote, setSubdivision, nameTrack, undo } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)
  toggleNote(ANAS_TRACK, 5, 60, 'b')
  setSubdivision(ANAS_TRACK, 2)
  nameTrack(ANAS_TRACK, 'Mine')
  const file = await desk.read(BAND)
  const target = { kind: 'track', id: ANAS_TRACK, pattern: 'b' } as const
  const plan = importPlan(file, desk.room(), { ...CHOICES, targets: [target] })

  desk.bring(plan, {})

  const [mine] = song().tracks
  expect([mine?.title, mine?.subdivision]).toEqual(['Mine', 2])
  expect([...(mine?.patterns.b?.keys() ?? [])]).toEqual(['0/40'])
  expect([...(mine?.patterns.a.keys() ?? [])]).toEqual(['0/60'])
  undo()
  expect([...(song().tracks[0]?.patterns.b?.keys() ?? [])]).toEqual(['5/60'])
})

test('what is locked by somebody who is here is not offered, and not written', async () => {
  const { desk, song, verbs } = await openDesk()
  const bos = 'bbbbbbbb' as TrackId
  const meta = { owner: 'bo', home: 'x', name: 'bo', colour: 2, bornMs: 1 }
  verbs.addTrack(bos, meta, undefined)
  const before = desk.room()
  verbs.setParam(bos, 'lock', LOCKED)
  const file = await desk.read(BAND)
  const target = { kind: 'track', id: bos, pattern: 'a' } as const
  const plan = importPlan(file, before, { ...CHOICES, targets: [target] })

  expect(before.tracks.map(({ id }) => id)).toContain(bos)
  expect(desk.room().tracks.map(({ id }) => id)).not.toContain(bos)
  expect(() => {
    desk.bring(plan, {})
  }).toThrow('no longer there')
  expect(song().tracks.every(({ patterns }) => patterns.a.size === 0)).toBe(true)
})

test('a full room has no place for new tracks, one may still be written into', async () => {
  const { desk, addTrack, toggleNote } = await openDesk()
  toggleNote(ANAS_TRACK, 0, 60)
  for (let count = 1; count < 24; count++) addTrack('synth', `T${count}`)
  const file = await desk.read(BAND)
  const plan = importPlan(file, desk.room(), { ...CHOICES, targets: [{ kind: 'new' }] })

  expect(desk.room().freeTracks).toBe(0)
  expect(() => {
    desk.bring(plan, {})
  }).toThrow('no room for more')
})

test('what is no MIDI file, or holds no notes, is refused in words', async () => {
  const { desk } = await openDesk()
  const blob = (bytes: readonly number[]) => new Blob([Uint8Array.from(bytes)])

  await expect(desk.read(new Blob(['{}']))).rejects.toThrow('not a MIDI file')
  await expect(desk.read(blob([...head({ format: 2 }), ...track(END)]))).rejects.toThrow('format 2')
  await expect(desk.read(blob([...head(), ...track(END)]))).rejects.toThrow('no notes')
  await expect(desk.read(new Blob([new Uint8Array(3_000_000)]))).rejects.toThrow('too large')
})

test('into a song that cannot be changed nothing is read', async () => {
  const { desk } = await openDesk('newer-song')

  await expect(desk.read(BAND)).rejects.toThrow('cannot be changed')
})
