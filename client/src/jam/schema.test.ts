import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { docShape } from './doc-shape.ts'
import { isNewer, migrate, schemaOf } from './schema.ts'
import { createWritable } from './writable.ts'

test('[SYNC6] a song of schema 0 becomes one of schema 1 and keeps what it has', () => {
  const doc = new Y.Doc()
  docShape(doc).room.set('stepCount', 32)

  migrate(doc)

  expect(docShape(doc).room.toJSON()).toEqual({ schema: 1, stepCount: 32 })
})

test('migrations run once each, in order, from where the song stands', () => {
  const doc = new Y.Doc()
  docShape(doc).room.set('schema', 1)
  const ran: string[] = []
  const step = (name: string) => (): void => void ran.push(name)

  migrate(doc, [step('0→1'), step('1→2'), step('2→3')])
  migrate(doc, [step('0→1'), step('1→2'), step('2→3')])

  expect(ran).toEqual(['1→2', '2→3'])
  expect(schemaOf(docShape(doc).room)).toBe(3)
})

test('a song of this schema is not written to', () => {
  const doc = new Y.Doc()
  migrate(doc)
  const before = Y.encodeStateAsUpdate(doc)

  migrate(doc)

  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test('[SYNC6] a newer song is only read, from the moment a peer brings it', () => {
  const doc = new Y.Doc()
  const { writable } = createWritable(doc)
  expect(writable.read()).toBe('yes')

  docShape(doc).room.set('schema', 2)

  expect(isNewer(doc)).toBe(true)
  expect(writable.read()).toBe('newer-song')
})

test.each(['2', -1, 1.5, null])('a schema of %j counts as none', (value) => {
  const doc = new Y.Doc()
  docShape(doc).room.set('schema', value)

  expect(schemaOf(docShape(doc).room)).toBe(0)
})

test('a song beyond the cap takes no more', () => {
  const doc = new Y.Doc()
  const { writable } = createWritable(doc)

  docShape(doc).chat.push(['x'.repeat(4 * 1024 * 1024)])

  expect(writable.read()).toBe('full')
})
