import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createCompactor } from './compactor.ts'
import { docShape } from './doc-shape.ts'
import { ANAS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'
import { isNewer, migrate, schemaOf } from './schema.ts'
import { EVERYBODY_PLAYS } from './plain-roles.ts'
import { createWritable } from './writable.ts'

test('[SYNC6] a song of schema 0 becomes one of this schema and keeps what it has', () => {
  const doc = new Y.Doc()
  docShape(doc).room.set('stepCount', 32)

  migrate(doc)

  expect(docShape(doc).room.toJSON()).toEqual({ schema: 4, stepCount: 32 })
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
  const { writable } = createWritable(doc, EVERYBODY_PLAYS.own)
  expect(writable.read()).toBe('yes')

  docShape(doc).room.set('schema', 5)

  expect(isNewer(doc)).toBe(true)
  expect(writable.read()).toBe('newer-song')
})

test.each(['2', -1, 1.5, null])('a schema of %j counts as none', (value) => {
  const doc = new Y.Doc()
  docShape(doc).room.set('schema', value)

  expect(schemaOf(docShape(doc).room)).toBe(0)
})

/** A song as schema 1 had it: everything flat. */
function flatSong(): Y.Doc {
  const doc = new Y.Doc()
  const { room, tracks, notes, params } = docShape(doc)
  room.set('schema', 1)
  tracks.set(ANAS_TRACK, { owner: 'ana', home: 'h', name: 'ana', colour: 2, bornMs: 5 })
  notes.set(`${ANAS_TRACK}/a/3/60`, 228)
  notes.set(`${ANAS_TRACK}/a/5/60`, 228)
  notes.delete(`${ANAS_TRACK}/a/5/60`)
  params.set(`${ANAS_TRACK}/cutoffHz`, 900)
  return doc
}

test('[SYNC6] a song of schema 1 is played as it was, before the first change and after it', () => {
  const ana = createSongCopy()
  receive(ana, Y.encodeStateAsUpdate(flatSong()))
  const before = ana.song().tracks

  migrate(ana.doc)

  expect([...(before[0]?.patterns.a.keys() ?? [])]).toEqual(['3/60'])
  expect(before[0]?.sound.cutoffHz).toBe(900)
  expect(ana.song().tracks).toEqual(before)
  expect(docShape(ana.doc).notes.size + docShape(ana.doc).params.size).toBe(0)
})

test('[SYNC6] what an older page wrote meanwhile is played too', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 0, 60)

  docShape(ana.doc).notes.set(`${ANAS_TRACK}/a/7/72`, 228)

  expect([...(ana.song().tracks[0]?.patterns.a.keys() ?? [])]).toEqual(['0/60', '7/72'])
})

test('[SYNC6] two who move a song of schema 1 at once have one song, with what both wrote', () => {
  const [ana, bo] = [createSongCopy(), createSongCopy()]
  const old = Y.encodeStateAsUpdate(flatSong())
  for (const copy of [ana, bo]) {
    receive(copy, old)
    keepSheets(copy)
  }

  ana.verbs.toggleNote(ANAS_TRACK, 7, 61)
  bo.verbs.toggleNote(ANAS_TRACK, 8, 62)
  for (let times = 0; times < 2; times++) {
    receive(bo, Y.encodeStateAsUpdate(ana.doc))
    receive(ana, Y.encodeStateAsUpdate(bo.doc))
  }

  expect(ana.song()).toEqual(bo.song())
  expect([...(ana.song().tracks[0]?.patterns.a.keys() ?? [])].sort()).toEqual([
    '3/60',
    '7/61',
    '8/62',
  ])
})

const keepSheets = ({ doc }: SongCopy): void => {
  createCompactor({
    doc,
    timers: createFakeTimers(),
    mayCompact: () => false,
    mayWrite: () => true,
    isForeignAuthor: () => false,
  })
}
