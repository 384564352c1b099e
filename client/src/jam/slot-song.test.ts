import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isEmptySong, isSameSong, judgeSong, keepSong, takeSong } from './slot-song.ts'

function songWith(...lines: readonly string[]): Y.Doc {
  const doc = new Y.Doc()
  doc.getArray('chat').push([...lines])
  return doc
}

const linesOf = (doc: Y.Doc): unknown => doc.getArray('chat').toJSON()
const judged = (doc: Y.Doc): NonNullable<ReturnType<typeof judgeSong>> => {
  const song = judgeSong(Y.encodeStateAsUpdate(doc))
  if (song === undefined) throw new Error('it must be a song')
  return song
}

test('[SLOT11] a song that was kept comes into an empty one whole', () => {
  const doc = new Y.Doc()

  expect(takeSong(doc, judged(songWith('hello')))).toBe('changed')

  expect(linesOf(doc)).toEqual(['hello'])
})

test('[SLOT11] it is merged with what is here, and the same again changes nothing', () => {
  const doc = songWith('mine')
  const left = judged(songWith('theirs'))

  expect([takeSong(doc, left), takeSong(doc, left)]).toEqual(['changed', 'same'])

  expect(linesOf(doc)).toHaveLength(2)
  expect(linesOf(doc)).toEqual(expect.arrayContaining(['mine', 'theirs']))
})

test('[SLOT11] what was deleted since does not come back', () => {
  const doc = songWith('one', 'two')
  const left = judged(doc)
  doc.getArray('chat').delete(0, 1)

  takeSong(doc, left)

  expect(linesOf(doc)).toEqual(['two'])
})

test('[SLOT11] two songs that are too large to become one stay two', () => {
  const half = 'x'.repeat(3 * 1024 * 1024)
  const doc = songWith(half)

  expect(takeSong(doc, judged(songWith(half)))).toBe('too-large')
  expect(takeSong(new Y.Doc(), judged(songWith(half)))).toBe('changed')

  expect(linesOf(doc)).toEqual([half])
})

test('[SLOT11] an update that stands on what it does not bring, a foreign object or junk is no song', () => {
  const doc = songWith('one')
  const before = Y.encodeStateVector(doc)
  doc.getArray('chat').push(['two'])
  const foreign = new Y.Doc()
  foreign.getMap('room').set('inner', new Y.Doc())

  expect(judgeSong(Y.encodeStateAsUpdate(doc, before))).toBeUndefined()
  expect(judgeSong(Y.encodeStateAsUpdate(foreign))).toBeUndefined()
  expect(judgeSong(new Uint8Array(9 * 1024 * 1024))).toBeUndefined()
})

test('[SLOT11] no bytes throw, and what is judged a song can be taken', () => {
  const good = Y.encodeStateAsUpdate(songWith('one', 'two'))
  const spoilt = fc
    .tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }))
    .map(([at, byte]) => good.with(at, byte))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), spoilt), (bytes) => {
      const song = judgeSong(bytes)
      if (song !== undefined) takeSong(new Y.Doc(), song)
    }),
  )
})

test('[SLOT11] a song is told to be the same after a deletion and its like only if all is the same', () => {
  const doc = songWith('one')
  const before = keepSong(doc).snapshot
  expect(isSameSong(before, keepSong(doc).snapshot)).toBe(true)

  doc.getArray('chat').delete(0, 1)

  expect(isSameSong(before, keepSong(doc).snapshot)).toBe(false)
  expect([isEmptySong(new Y.Doc()), isEmptySong(doc)]).toEqual([true, false])
})
