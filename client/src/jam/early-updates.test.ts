import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createEarlyUpdates, type Early, type EarlyUpdates } from './early-updates.ts'
import { judgeUpdate } from './gate.ts'
import { ANA, BO } from './jam-stage.ts'

/** One edit after the other of one author, each as an update of its own. */
function edits(count: number, client = 7): readonly Uint8Array[] {
  const author = new Y.Doc()
  author.clientID = client
  const updates: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => updates.push(update))
  for (let at = 0; at < count; at++) author.getMap('room').set('k', at)
  return updates
}

interface Table {
  readonly doc: Y.Doc
  readonly early: EarlyUpdates
  take(update: Uint8Array | undefined, arrivedMs?: number, from?: Early['from']): string
}

function table(): Table {
  const doc = new Y.Doc()
  const early = createEarlyUpdates(doc)
  return {
    doc,
    early,
    take(update = new Uint8Array(), arrivedMs = 0, from = ANA) {
      const brought = judgeUpdate(update)
      if (brought === undefined) throw new RangeError('an update must be readable, got junk')
      const apply = (): void => {
        Y.applyUpdate(doc, update)
      }
      return early.take({ from, brought, arrivedMs, apply })
    },
  }
}

const value = ({ doc }: Table): unknown => doc.getMap('room').get('k')

test('[SYNC8] updates in any order end in the same song, and Yjs never sees one too early', () => {
  const updates = edits(200)
  const here = table()
  // A fixed shuffle: 7 and 200 have no common factor.
  for (let at = 0; at < updates.length; at++) {
    here.take(updates[(at * 7 + 3) % updates.length])
    expect(here.doc.store.pendingStructs).toBeNull()
  }

  expect(value(here)).toBe(199)
})

test('[SYNC8] an update that takes away what is not here yet waits too', () => {
  const author = new Y.Doc()
  author.getMap('room').set('k', 1)
  const written = Y.encodeStateAsUpdate(author)
  const before = Y.encodeStateVector(author)
  author.getMap('room').delete('k')
  const deleted = Y.encodeStateAsUpdate(author, before)
  const here = table()

  expect(here.take(deleted)).toBe('held')
  expect(here.take(written)).toBe('applied')

  expect(here.doc.getMap('room').has('k')).toBe(false)
  expect(here.doc.store.pendingDs).toBeNull()
})

test('[SYNC8] what has come by another way lets go of what waited for it', () => {
  const [first, second] = edits(2)
  const here = table()
  here.take(second)

  Y.applyUpdate(here.doc, first ?? new Uint8Array())
  here.early.retry()

  expect(value(here)).toBe(1)
})

test('[SYNC8] nobody makes us hold more than 256 kB, and others’ updates stay', () => {
  const text = 'x'.repeat(4000)
  const author = new Y.Doc()
  author.clientID = 7
  const large: Uint8Array[] = []
  author.on('update', (update: Uint8Array) => large.push(update))
  for (let at = 0; at < 100; at++) author.getMap('room').set('k', text + String(at))
  const [, ofBo] = edits(2, 8)
  const here = table()
  here.take(ofBo, 0, BO)

  const outcomes = large.slice(1).map((update) => here.take(update))

  expect(outcomes.indexOf('too-much')).toBeGreaterThan(60)
  expect(outcomes.indexOf('too-much')).toBeLessThan(66)
  expect(here.early.expire(10_000)).toContain(BO)
})

test('[SYNC8] what waited for 10 s is dropped, and its sender named once', () => {
  const [, second, third] = edits(3)
  const here = table()
  here.take(second, 1000)
  here.take(third, 2000)

  expect(here.early.expire(10_999)).toEqual([])
  expect(here.early.expire(12_000)).toEqual([ANA])
  expect(here.early.expire(60_000)).toEqual([])
})

test('[SYNC8] a peer that is gone leaves nothing behind', () => {
  const [, second] = edits(2)
  const here = table()
  here.take(second)

  here.early.forget(ANA)

  expect(here.early.expire(60_000)).toEqual([])
})
