import { expect, test } from 'vitest'
import { ANAS_TRACK, BOS_TRACK } from '../jam/testing.ts'
import { noteKey, type Note } from '../sequence/pattern.ts'
import { createDeskStage } from './desk-stage.ts'

const LATE: Note = { step: 2, pitch: 60, velocity: 90, length: 1, nudge: 6 }

const bosMeta = { owner: 'bo', home: 'cellar', name: 'bo', colour: 2, bornMs: 6 }

test('a groove is one edit, notes and swing, of the pattern that is open, and undo takes all of it back', () => {
  const { toggleNote, layGroove, undo, history, song } = createDeskStage()
  toggleNote(ANAS_TRACK, 2, 60)
  toggleNote(ANAS_TRACK, 2, 60, 'b')
  const before = song().tracks
  const steps = history.read().length

  layGroove(ANAS_TRACK, [LATE], 66, 'b')

  const [track] = song().tracks
  expect(track?.swing).toBe(66)
  expect(track?.patterns.b?.get(noteKey(2, 60))).toEqual(LATE)
  expect(track?.patterns.a.get(noteKey(2, 60))?.nudge).toBeUndefined()
  expect(history.read().slice(steps)).toMatchObject([{ kind: 'groove', track: ANAS_TRACK }])
  undo()
  expect(song().tracks).toEqual(before)
})

test('a locked track of somebody who is here, and a song that may not be changed, stay as they are', () => {
  const here = createDeskStage()
  here.verbs.addTrack(BOS_TRACK, bosMeta, undefined)
  here.verbs.writeNote(BOS_TRACK, { ...LATE, nudge: 1 })
  here.verbs.setParam(BOS_TRACK, 'lock', 'on')
  const shut = createDeskStage('newer-song')

  here.layGroove(BOS_TRACK, [LATE], 66)
  shut.layGroove(ANAS_TRACK, [LATE], 66)

  expect(here.song().tracks[0]?.patterns.a.get(noteKey(2, 60))?.nudge).toBe(1)
  expect(here.song().tracks[0]?.swing).toBeUndefined()
  expect(shut.song().tracks).toEqual([])
})
