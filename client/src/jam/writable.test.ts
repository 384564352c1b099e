import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createCompactor } from './compactor.ts'
import { docShape } from './doc-shape.ts'
import { ANAS_TRACK, createSongCopy } from './testing.ts'
import { EVERYBODY_PLAYS } from './plain-roles.ts'
import { createWritable } from './writable.ts'

const MIB = 1024 * 1024

test('[SYNC12] people are warned beyond 1 MiB; beyond 4 MiB a song takes no more', () => {
  const doc = new Y.Doc()
  const { writable } = createWritable(doc, EVERYBODY_PLAYS.own)
  const { chat } = docShape(doc)

  chat.push(['x'.repeat(MIB - 1000)])
  expect(writable.read()).toBe('yes')
  chat.push(['x'.repeat(1000)])
  expect(writable.read()).toBe('nearly-full')
  chat.push(['x'.repeat(3 * MIB)])

  expect(writable.read()).toBe('full')
})

test('[SYNC12] a full song refuses what adds to it before it is written, and lets notes be taken away', () => {
  const copy = createSongCopy()
  copy.verbs.toggleNote(ANAS_TRACK, 0, 60)
  const full = createSongCopy(ANAS_TRACK, 'full')
  Y.applyUpdate(full.doc, Y.encodeStateAsUpdate(copy.doc), 'peer')

  const refused = [
    full.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500),
    full.verbs.writeNote(ANAS_TRACK, { step: 1, pitch: 61, velocity: 9, length: 1 }),
  ]
  expect(refused).toEqual(['full', 'full'])
  expect(full.sent).toEqual([])
  expect(full.verbs.removeNote(ANAS_TRACK, 0, 60)).toBeUndefined()

  expect(full.song().tracks[0]?.patterns.a.size).toBe(0)
})

test('an overwritten song shrinks by its compaction, and then takes more', () => {
  const { doc, verbs } = createSongCopy()
  const timers = createFakeTimers()
  const junk = 'x'.repeat(30)
  createCompactor({
    doc,
    timers,
    mayCompact: () => true,
    mayWrite: () => true,
    isForeignAuthor: () => false,
  })
  const { writable } = createWritable(doc, EVERYBODY_PLAYS.own)
  verbs.toggleNote(ANAS_TRACK, 0, 60)
  const sheet = docShape(doc).sheets.get(ANAS_TRACK) as Y.Map<unknown>
  doc.transact(() => {
    for (let n = 0; n < 30_000; n++) sheet.set(`p/${junk}${String(n)}`, junk)
  })
  expect(writable.read()).toBe('nearly-full')

  timers.advance(10)

  expect(writable.read()).toBe('yes')
})

test('the size is told to the byte, whenever it is asked', () => {
  const doc = new Y.Doc()
  const { size } = createWritable(doc, EVERYBODY_PLAYS.own)
  expect(size().bytes).toBe(Y.encodeStateAsUpdate(doc).length)

  docShape(doc).chat.push(['hello'])
  docShape(doc).chat.delete(0)

  expect(size()).toEqual({ bytes: Y.encodeStateAsUpdate(doc).length, capBytes: 4 * MIB })
})
