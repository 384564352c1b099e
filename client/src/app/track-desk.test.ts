import { expect, test } from 'vitest'
import { ANAS_TRACK, BOS_TRACK, createSongCopy } from '../jam/testing.ts'
import { createTrackDesk } from './track-desk.ts'

const META = { owner: 'ana', home: 'attic', name: 'ana', colour: 1, bornMs: 5 }

/** Ana's desk; bo is here, cy has left. */
function desk() {
  const copy = createSongCopy()
  let wallMs = 100
  const tracks = createTrackDesk({
    jam: { song: copy.live, verbs: copy.verbs },
    ownTrack: () => ({ id: ANAS_TRACK, meta: META }),
    isHere: (owner) => owner === 'bo',
    wallMs: () => wallMs++,
  })
  const addOf = (owner: string, id = BOS_TRACK) => {
    copy.verbs.addTrack(id, { ...META, owner, name: owner }, undefined)
    return id
  }
  const find = (id: string | undefined) => copy.song().tracks.find((track) => track.id === id)
  const shown = () => copy.song().tracks.map(({ id, title }) => title ?? id)
  return { ...copy, ...tracks, addOf, find, shown }
}

test('a new track is mine, of the kind that was asked for, and stands last', () => {
  const { addTrack, addOf, song, find } = desk()
  addOf('bo')

  const id = addTrack('drums', 'Beat')

  expect(song().tracks.at(-1)?.id).toBe(id)
  expect(find(id)).toMatchObject({
    owner: 'ana',
    title: 'Beat',
    sound: { instrument: 'drums' },
  })
})

test('a copy stands behind what it was made of, has all that it has, and is mine', () => {
  const { addOf, duplicateTrack, nameTrack, setTrackSteps, verbs, song, find } = desk()
  const bos = addOf('bo')
  verbs.toggleNote(ANAS_TRACK, 0, 60)
  verbs.toggleNote(bos, 1, 61)
  verbs.toggleNote(bos, 2, 62, 'h')
  verbs.setParam(bos, 'cutoffHz', 500)
  nameTrack(bos, 'Riff')
  setTrackSteps(bos, 12)

  const copy = duplicateTrack(bos)

  const { patterns, sound, steps } = find(bos) ?? {}
  expect(find(copy)).toMatchObject({ owner: 'ana', title: 'Riff', patterns, sound, steps })
  expect(
    song()
      .tracks.map(({ id }) => id)
      .indexOf(copy ?? ANAS_TRACK),
  ).toBe(song().tracks.findIndex(({ id }) => id === bos) + 1)
})

test('tracks are moved among the others, and back by undo', () => {
  const { addTrack, moveTrack, nameTrack, shown, verbs } = desk()
  for (const name of ['one', 'two', 'three'])
    nameTrack(addTrack('synth', 'Synth') ?? ANAS_TRACK, name)
  const [one, two, three] = shown()
  expect([one, two, three]).toEqual(['one', 'two', 'three'])
  const last = verbs.history.read().at(-1)?.track ?? ANAS_TRACK

  moveTrack(last, 0)
  expect(shown()).toEqual(['three', 'one', 'two'])
  moveTrack(last, 1)
  expect(shown()).toEqual(['one', 'three', 'two'])

  verbs.undo()
  verbs.undo()
  expect(shown()).toEqual(['one', 'two', 'three'])
})

test('a room of 24 tracks has one more for whoever has none', () => {
  const { addTrack, mayAddTrack, addOf, duplicateTrack, verbs, song } = desk()
  for (let n = 0; n < 24; n++) {
    const [a, b] = [n % 6, Math.floor(n / 6)].map((at) => 'abcdef'.charAt(at))
    addOf('bo', `bobobobob${a ?? ''}${b ?? ''}o` as typeof BOS_TRACK)
  }
  expect(song().tracks).toHaveLength(24)
  expect(mayAddTrack()).toBe(true)
  const mine = addTrack('synth', 'Synth')

  expect(mayAddTrack()).toBe(false)
  expect([addTrack('synth', 'Synth'), duplicateTrack(mine ?? ANAS_TRACK)]).toEqual([
    undefined,
    undefined,
  ])
  verbs.removeTrack(mine ?? ANAS_TRACK)
  expect(mayAddTrack()).toBe(true)
})

test('names and colours of its own, and its owner’s again', () => {
  const { addOf, nameTrack, tintTrack, find } = desk()
  const bos = addOf('bo')

  nameTrack(bos, '  Deep\u0000 bass ')
  tintTrack(bos, 3)
  expect(find(bos)).toMatchObject({ title: 'Deep bass', tint: 3 })

  nameTrack(bos, ' ')
  tintTrack(bos, undefined)
  expect(find(bos)?.title).toBeUndefined()
  expect(find(bos)?.tint).toBeUndefined()
})

test('a name of large letters is cut where a letter ends, and kept', () => {
  const { addOf, nameTrack, find } = desk()
  const bos = addOf('bo')

  nameTrack(bos, '👨‍👩‍👧‍👦'.repeat(9))

  expect(find(bos)?.title).toBe('👨‍👩‍👧‍👦'.repeat(2))
})

test('nobody changes what its owner has locked, until they leave; the owner does', () => {
  const { addOf, lockTrack, mayEdit, nameTrack, adoptTrack, removeTrack, verbs, find } = desk()
  const bos = addOf('bo')
  const cys = addOf('cy', 'cycycycycycy' as typeof BOS_TRACK)
  for (const id of [bos, cys]) verbs.setParam(id, 'lock', 'on')

  nameTrack(bos, 'mine now')
  lockTrack(bos, false)
  adoptTrack(bos)
  removeTrack(bos)

  expect(find(bos)).toMatchObject({ owner: 'bo', isLocked: true })
  expect(find(bos)?.title).toBeUndefined()
  expect([mayEdit(bos), mayEdit(cys)]).toEqual([false, true])

  adoptTrack(cys)
  expect(find(cys)).toMatchObject({ owner: 'ana', name: 'ana' })
  lockTrack(cys, false)
  expect(find(cys)?.isLocked).toBeUndefined()
})
