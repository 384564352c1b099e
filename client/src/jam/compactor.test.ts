import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { createCompactor } from './compactor.ts'
import { docShape } from './doc-shape.ts'
import { ANAS_TRACK, createSongCopy, receive, type SongCopy } from './testing.ts'

interface Jammer extends SongCopy {
  readonly timers: FakeTimers
  readonly close: () => void
  /** Overwrites notes and knobs by turns so many times. */
  overwrite(times: number): void
  bytes(): number
}

function jammer(mayCompact = true): Jammer {
  const copy = createSongCopy()
  const timers = createFakeTimers()
  const { close } = createCompactor({
    doc: copy.doc,
    timers,
    mayCompact: () => mayCompact,
    mayWrite: () => true,
    isForeignAuthor: () => false,
  })
  copy.verbs.toggleNote(ANAS_TRACK, 0, 60)
  return {
    ...copy,
    timers,
    close,
    overwrite(times) {
      for (let n = 0; n < times; n++) {
        const note = { step: 1 + (n % 8), pitch: 60, velocity: 1 + (n % 127), length: 1 }
        if (n % 2 === 0) copy.verbs.writeNote(ANAS_TRACK, note)
        else copy.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500 + n)
      }
    },
    bytes: () => Y.encodeStateAsUpdate(copy.doc).length,
  }
}

test('a sheet with many changes gives way to a new one when it has been quiet, and the song stays', () => {
  const ana = jammer()
  ana.overwrite(300)
  const [song, bytes] = [ana.song(), ana.bytes()]
  ana.timers.advance(1999)
  expect(ana.bytes()).toBe(bytes)

  ana.timers.advance(1)

  expect(ana.bytes()).toBeLessThan(bytes / 4)
  expect(ana.song()).toEqual(song)
})

test('with twice as many it is not waited for quiet', () => {
  const ana = jammer()
  ana.overwrite(600)
  const bytes = ana.bytes()

  ana.timers.advance(0)

  expect(ana.bytes()).toBeLessThan(bytes / 4)
})

test('one knob that is turned over and over weighs nothing', () => {
  const ana = jammer()
  for (let n = 0; n < 1000; n++) ana.verbs.setParam(ANAS_TRACK, 'cutoffHz', 500 + n)
  ana.sent.splice(0)

  ana.timers.advance(60_000)

  expect(ana.sent).toEqual([])
})

test('few changes are left alone', () => {
  const ana = jammer()
  ana.overwrite(200)
  ana.sent.splice(0)

  ana.timers.advance(60_000)

  expect(ana.sent).toEqual([])
})

test('only whose turn it is begins new sheets', () => {
  const bo = jammer(false)
  bo.overwrite(1000)
  bo.sent.splice(0)

  bo.timers.advance(60_000)

  expect(bo.sent).toEqual([])
})

test('a song from the disk is weighed as it is opened', () => {
  const before = jammer(false)
  before.overwrite(1000)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(before.doc))
  const timers = createFakeTimers()
  createCompactor({
    doc,
    timers,
    mayCompact: () => true,
    mayWrite: () => true,
    isForeignAuthor: () => true,
  })

  timers.advance(0)

  expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(before.bytes() / 4)
})

test('what was cleared comes back after a new sheet has begun', () => {
  const ana = jammer()
  ana.verbs.toggleNote(ANAS_TRACK, 5, 65)
  const notes = ana.song().tracks[0]?.patterns.a
  ana.verbs.clearTrack(ANAS_TRACK)
  const cleared = ana.verbs.history.read().at(-1)?.id
  for (let n = 0; n < 190; n++) {
    ana.verbs.setSound(ANAS_TRACK, { cutoffHz: n, attackSeconds: n, pan: n })
  }
  ana.timers.advance(10)

  ana.verbs.undo(cleared)

  expect(ana.song().tracks[0]?.patterns.a).toEqual(notes)
})

test('a newer song is not written to, however heavy', () => {
  const ana = createSongCopy()
  const timers = createFakeTimers()
  createCompactor({
    doc: ana.doc,
    timers,
    mayCompact: () => true,
    mayWrite: () => false,
    isForeignAuthor: () => true,
  })
  const heavy = jammer(false)
  heavy.overwrite(1000)
  receive(ana, Y.encodeStateAsUpdate(heavy.doc))

  timers.advance(60_000)

  expect(ana.sent).toEqual([])
})

test('a closed compactor leaves no timer and writes nothing any more', () => {
  const ana = jammer()
  ana.overwrite(600)

  ana.close()

  expect(ana.timers.waiting()).toBe(0)
  const sheet = docShape(ana.doc).sheets.get(ANAS_TRACK)
  ana.overwrite(600)
  ana.timers.advance(60_000)
  expect(docShape(ana.doc).sheets.get(ANAS_TRACK)).toBe(sheet)
})
