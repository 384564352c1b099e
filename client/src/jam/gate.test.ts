import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { judge, MAX_UPDATE_BYTES } from './gate.ts'

const frame = (...parts: readonly (number | Uint8Array)[]): Uint8Array => {
  const encoder = encoding.createEncoder()
  for (const part of parts) {
    if (typeof part === 'number') encoding.writeVarUint(encoder, part)
    else encoding.writeVarUint8Array(encoder, part)
  }
  return encoding.toUint8Array(encoder)
}
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values)

function awarenessUpdate(states: readonly unknown[]): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, states.length)
  states.forEach((state, index) => {
    encoding.writeVarUint(encoder, index + 1)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, typeof state === 'string' ? state : JSON.stringify(state))
  })
  return encoding.toUint8Array(encoder)
}

test('[SYNC3] honest frames pass', () => {
  const doc = new Y.Doc()
  doc.getMap('room').set('stepCount', 8)
  const awareness = new Awareness(doc)

  expect(judge(frame(0, 0, Y.encodeStateVector(doc)))).toMatchObject({
    ok: true,
    frame: { kind: 'ask' },
  })
  expect(judge(frame(0, 1, Y.encodeStateAsUpdate(doc)))).toMatchObject({
    ok: true,
    frame: { kind: 'update', answers: true },
  })
  expect(judge(frame(0, 2, Y.encodeStateAsUpdate(doc)))).toMatchObject({
    ok: true,
    frame: { kind: 'update', answers: false },
  })
  expect(judge(frame(1, encodeAwarenessUpdate(awareness, [doc.clientID])))).toMatchObject({
    ok: true,
    frame: { kind: 'awareness', clock: 0, state: {} },
  })
  awareness.destroy()
})

test.each([
  ['nothing', bytes(), 'doc-frame-shape'],
  ['an unknown kind', frame(9, bytes(1)), 'doc-frame-shape'],
  ['the query kind, which nobody here asks', frame(3), 'doc-frame-shape'],
  ['an unknown sync kind', frame(0, 7, bytes(0, 0)), 'doc-frame-shape'],
  ['a cut-off sync frame', frame(0, 2), 'doc-frame-shape'],
  ['a length beyond the end', bytes(0, 2, 200, 1), 'doc-frame-shape'],
  ['a number without end', bytes(0, ...Array.from({ length: 20 }, () => 255)), 'doc-frame-shape'],
  ['an update of junk', frame(0, 2, bytes(1, 2, 3, 4, 5)), 'doc-update'],
  [
    'an update that claims 2^25 structs',
    frame(0, 2, bytes(1, 128, 128, 128, 16, 1, 0)),
    'doc-update',
  ],
  ['an empty update', frame(0, 2, bytes()), 'doc-update'],
  ['a state vector of junk', frame(0, 0, bytes(9, 9)), 'doc-frame-shape'],
  ['a huge state vector', frame(0, 0, new Uint8Array(70_000)), 'doc-frame-size'],
  ['more than the cap', new Uint8Array(MAX_UPDATE_BYTES + 1), 'doc-frame-size'],
  ['awareness of nobody', frame(1, awarenessUpdate([])), 'awareness-shape'],
  ['awareness of two', frame(1, awarenessUpdate([{}, {}])), 'awareness-shape'],
  ['awareness that is no object', frame(1, awarenessUpdate([5])), 'awareness-shape'],
  ['awareness that is not JSON', frame(1, awarenessUpdate(['{'])), 'doc-frame-shape'],
  ['awareness without end', frame(1, awarenessUpdate([{ x: 'y'.repeat(3000) }])), 'doc-frame-size'],
])('[SYNC3] %s is refused', (_what, hostile, code) => {
  expect(judge(hostile)).toEqual({ ok: false, code })
})

test('[SYNC3] 2,000 random frames throw nothing and change nothing', () => {
  const doc = new Y.Doc()
  let seed = 7
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let round = 0; round < 2000; round++) {
    const payload = Uint8Array.from({ length: Math.floor(random() * 40) }, () =>
      Math.floor(random() * 256),
    )
    const verdict = judge(frame(0, 2, payload))
    if (verdict.ok && verdict.frame.kind === 'update')
      Y.applyUpdate(doc, verdict.frame.brought.update)
  }

  expect(doc.getMap('room').size).toBe(0)
})
