import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { firstMissing, readUpdateShape as readShape, type UpdateShape } from './update-shape.ts'

const readUpdateShape = (update: Uint8Array): UpdateShape | undefined => readShape(update, 100_000)

const updateOf = (write: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = 7
  write(doc)
  return Y.encodeStateAsUpdate(doc)
}

test('[SYNC3] an update tells what it brings and what it stands on', () => {
  const doc = new Y.Doc()
  doc.clientID = 7
  doc.getMap('room').set('k', 1)
  const state = Y.encodeStateVector(doc)
  doc.clientID = 8
  doc.getMap('room').set('k', 2)

  const shape = readUpdateShape(Y.encodeStateAsUpdate(doc, state))

  expect(shape?.brings).toEqual(new Map([[8, { from: 0, to: 1 }]]))
  expect(shape?.refersTo).toEqual(new Map([[7, 1]]))
  expect(shape && firstMissing(new Y.Doc(), shape)).toEqual({ client: 7, clock: 1 })
  expect(shape && firstMissing(doc, shape)).toBeUndefined()
})

test('[SYNC3] numbers, words, flat records and lists pass', () => {
  const update = updateOf((doc) => {
    doc.getMap('room').set('number', 1.5)
    doc.getMap('room').set('record', { v: 1, current: { beat: 0, bpm: 120 } })
    doc.getMap('parts').set('track', new Y.Map([['a/0/60', 100]]))
    doc.getArray('chat').push([{ id: 'x', text: 'hello' }])
  })

  expect(readUpdateShape(update)).toBeDefined()
})

const nested = (depth: number): unknown => (depth === 0 ? 1 : { deeper: nested(depth - 1) })

test.each<[string, (doc: Y.Doc) => void]>([
  ['a document in the document', (doc) => doc.getMap('room').set('k', new Y.Doc())],
  ['bytes', (doc) => doc.getMap('room').set('k', new Uint8Array(3))],
  ['a text', (doc) => doc.getMap('room').set('k', new Y.Text('x'))],
  ['a number without bounds', (doc) => doc.getMap('room').set('k', 2n)],
  ['a record seven deep', (doc) => doc.getMap('room').set('k', nested(7))],
  ['a key of 300 characters', (doc) => doc.getMap('room').set('k'.repeat(300), 1)],
])('[SYNC3] %s is refused', (_what, write) => {
  expect(readUpdateShape(updateOf(write))).toBeUndefined()
})

test('[SYNC3] a record that changes what it descends from is refused', () => {
  const update = updateOf((doc) => doc.getMap('room').set('k', { aaaaaaaaa: { polluted: true } }))
  const text = new TextEncoder()
  const at = Buffer.from(update).indexOf(text.encode('aaaaaaaaa'))
  update.set(text.encode('__proto__'), at)

  expect(at).toBeGreaterThan(0)
  expect(readUpdateShape(update)).toBeUndefined()
})

test('[SYNC3] values nested ten thousand deep end in a refusal', () => {
  const encoder = encoding.createEncoder()
  // One struct of client 7, clock 0: an Any in root "room" under "k".
  for (const number of [1, 1, 7, 0]) encoding.writeVarUint(encoder, number)
  encoding.writeUint8(encoder, 8 | 32)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarString(encoder, 'room')
  encoding.writeVarString(encoder, 'k')
  encoding.writeVarUint(encoder, 1)
  for (let depth = 0; depth < 10_000; depth++) {
    encoding.writeUint8(encoder, 117)
    encoding.writeVarUint(encoder, 1)
  }
  encoding.writeUint8(encoder, 126)
  encoding.writeVarUint(encoder, 0)

  expect(readUpdateShape(encoding.toUint8Array(encoder))).toBeUndefined()
})

test.each([
  [
    'refers to itself',
    [1, 1, 7, 3, 136, 7, 3, 1, 125, 5, 0],
    [1, 1, 7, 3, 136, 7, 2, 1, 125, 5, 0],
  ],
  ['is of no length', [1, 1, 7, 0, 0, 0, 0], [1, 1, 7, 0, 0, 1, 0]],
  ['takes away nothing', [0, 1, 7, 1, 0, 0], [0, 1, 7, 1, 0, 1]],
])('[SYNC3] an update that %s, on which Yjs throws, is refused', (_what, hostile, harmless) => {
  expect(readUpdateShape(Uint8Array.from(hostile))).toBeUndefined()
  expect(readUpdateShape(Uint8Array.from(harmless))).toBeDefined()
})

test('[SYNC3] an update with two sections of one client, of which Yjs applies one, is refused', () => {
  const sections = (client: number): Uint8Array =>
    Uint8Array.from([2, 1, 7, 0, 0, 1, 1, client, 0, 0, 1, 0])

  expect(readUpdateShape(sections(7))).toBeUndefined()
  expect(readUpdateShape(sections(8))).toBeDefined()
})
