import { expect, test } from 'vitest'
import { ANAS_TRACK } from '../jam/testing.ts'
import { STARTER_GROOVE } from '../sequence/starter-groove.ts'
import { STARTER_GROOVES } from '../sequence/starter-grooves.ts'
import { createDeskStage } from './desk-stage.ts'

test('one click gives an empty room a groove that plays', async () => {
  const { startGroove, song, told } = createDeskStage()

  await startGroove()

  expect(song().tracks[0]?.patterns.a.size).toBe(STARTER_GROOVE.notes.length)
  expect(song()).toMatchObject({ root: STARTER_GROOVE.root, scale: STARTER_GROOVE.scale })
  expect(told).toEqual([`tempo ${STARTER_GROOVE.bpm}`, 'play'])
})

test('a groove of a style brings tracks with names, sounds of the bank, and what ducks whom', async () => {
  const { startGroove, song, told } = createDeskStage()

  await startGroove('Synthwave')

  const { bpm, notes, others: rest, stepCount } = STARTER_GROOVES.Synthwave
  const [mine, ...others] = song().tracks
  expect(others.map(({ title }) => title)).toEqual(rest.map(({ title }) => title))
  expect(others.map(({ patterns }) => patterns.a.size)).toEqual(
    rest.map((part) => part.notes.length),
  )
  expect(others[0]?.sound).toMatchObject({ instrument: 'drums', kit: 'Arcade' })
  expect(mine?.sound.duckBy).toBe(others[0]?.id)
  expect(mine?.patterns.a.size).toBe(notes.length)
  expect(song().stepCount).toBe(stepCount)
  expect(told).toEqual([`tempo ${bpm}`, 'play'])
})

test('two clicks on a groove give one', async () => {
  const { startGroove, song } = createDeskStage()

  await Promise.all([startGroove('Dub'), startGroove('Dub')])

  expect(song().tracks).toHaveLength(1 + STARTER_GROOVES.Dub.others.length)
})

test('a groove that comes late writes nothing over what was written meanwhile', async () => {
  const { startGroove, toggleNote, song, told } = createDeskStage()
  const coming = startGroove('House')

  toggleNote(ANAS_TRACK, 3, 60)
  await coming

  expect(song().tracks).toHaveLength(1)
  expect(song().tracks[0]?.patterns.a.size).toBe(1)
  expect(told).toEqual([])
})
