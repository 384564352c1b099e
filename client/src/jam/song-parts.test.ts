import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  CHOICE_PARAMS,
  INITIAL_SOUND,
  NUMERIC_PARAMS,
  PARAM_CHOICES,
  PARAM_RANGES,
} from '../sequence/track-sound.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'

const notesOf = (copy: SongCopy): readonly string[] => [
  ...(copy.song().tracks[0]?.patterns.a.keys() ?? []),
]

test('a part that is written takes the place of the sound that was there, and keeps its notes', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 3, 60)
  ana.verbs.setParam(ANAS_TRACK, 'drive', 1)
  const sound = { ...INITIAL_SOUND, cutoffHz: 500 }

  ana.verbs.writePart(ANAS_TRACK, { notes: [], sound, subdivision: 2 })

  expect(ana.song().tracks[0]).toMatchObject({ sound, subdivision: 2 })
  expect(notesOf(ana)).toEqual(['3/60'])
})

test('what is as usual takes no room in the song', () => {
  const bytesWith = (sound: Partial<typeof INITIAL_SOUND>): number => {
    const ana = createSongCopy()
    const part = { notes: [], sound: { ...INITIAL_SOUND, ...sound }, subdivision: 4 } as const
    ana.verbs.writePart(ANAS_TRACK, part)
    return Y.encodeStateAsUpdate(ana.doc).length
  }

  expect(bytesWith({})).toBeLessThan(200)
  expect(bytesWith({ cutoffHz: 500 }) - bytesWith({})).toBeLessThan(40)
})

test('notes keep all that is written about them, through the document and a rewritten sheet', () => {
  const [ana, bo] = [createSongCopy(), createSongCopy(BOS_TRACK)]
  const note = { step: 3, pitch: 60, velocity: 90, length: 2 }
  const full = { ...note, chance: 40, ratchet: 4, accent: true, flam: true, nudge: -24 }
  ana.verbs.writeNote(ANAS_TRACK, full)
  ana.verbs.writePart(ANAS_TRACK, { notes: [], sound: INITIAL_SOUND, subdivision: 4 })
  receive(bo, Y.encodeStateAsUpdate(ana.doc))

  expect([...(bo.song().tracks[0]?.patterns.a.values() ?? [])]).toEqual([full])
})

test('every value of a sound keeps its place when the sheet is written anew', () => {
  const ana = createSongCopy()
  const far = Object.fromEntries(
    NUMERIC_PARAMS.map((param) => [param, PARAM_RANGES[param].max] as const),
  )
  const words = Object.fromEntries(
    CHOICE_PARAMS.map((param) => [param, PARAM_CHOICES[param].at(-1) ?? ''] as const),
  )
  const sound = { ...INITIAL_SOUND, ...far, ...words, duckBy: BOS_TRACK, arpFeed: BOS_TRACK }

  ana.verbs.setSound(ANAS_TRACK, sound)
  ana.verbs.clearTrack(ANAS_TRACK)

  expect(ana.song().tracks[0]?.sound).toEqual(sound)
})
