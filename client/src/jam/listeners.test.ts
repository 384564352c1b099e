import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { syncFrame } from './doc-frames.ts'
import { docShape } from './doc-shape.ts'
import { encodeGestures } from './gesture-frame.ts'
import { UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'
import { LIVE_GESTURE, liveFrame } from './live-kinds.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const rootAt = ({ doc }: Jammer): unknown => docShape(doc).room.get('root')
const linesAt = ({ jam }: Jammer): readonly string[] =>
  jam.chat.lines.read().map(({ text }) => text)
const line = (text: string) => ({ id: text, by: CY, name: 'cy', colour: 0, text, atMs: 1 })

/** Ana and bo play; cy listens, and writes all the same where a test has it do so. */
async function room(): Promise<readonly [Jammer, Jammer, Jammer]> {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  const cy = await stage.join(CY)
  ana.jam.verbs.setScale(2, 'major')
  stage.pass(500)
  stage.appoint(CY, 'listener')
  return [ana, bo, cy]
}

/** What a page does that obeys no rule. */
const writeAnyway = ({ doc }: Jammer, root: number): void => {
  docShape(doc).room.set('root', root)
}

test('[SYNC15] a listener’s edit gets to nobody, by no lane and in no answer', async () => {
  const [ana, bo, cy] = await room()

  writeAnyway(cy, 7)
  stage.pass(1000)

  expect([ana, bo].map(rootAt)).toEqual([2, 2])
  stage.pass(30_000)
  expect([ana, bo].map(rootAt)).toEqual([2, 2])
  expect(ana.mesh.peers()).toEqual([BO, CY])
})

test('[SYNC15] the same edit of a player gets to all', async () => {
  const [ana, bo, cy] = await room()
  stage.appoint(CY, 'player')

  writeAnyway(cy, 7)
  stage.pass(1000)

  expect([ana, bo].map(rootAt)).toEqual([7, 7])
})

test('[SYNC15] what a listener says that somebody wrote who is not here is not believed', async () => {
  const [ana, bo, cy] = await room()
  const stranger = new Y.Doc()
  stranger.clientID = 12_345
  docShape(stranger).room.set('scale', 'minor')

  Y.applyUpdate(cy.doc, Y.encodeStateAsUpdate(stranger), 'the disk')
  stage.pass(30_000)

  expect([ana, bo].map(({ doc }) => Y.getState(doc.store, 12_345))).toEqual([0, 0])
})

test('[SYNC15] what a player says so is', async () => {
  const [ana, , cy] = await room()
  stage.appoint(CY, 'player')
  const stranger = new Y.Doc()
  stranger.clientID = 12_345
  docShape(stranger).room.set('scale', 'minor')

  Y.applyUpdate(cy.doc, Y.encodeStateAsUpdate(stranger), 'the disk')
  stage.pass(30_000)

  expect(Y.getState(ana.doc.store, 12_345)).toBe(1)
})

test('[SYNC15] a newcomer gets the song of a listener where nobody else is', async () => {
  const cy = await stage.join(CY)
  cy.jam.verbs.setScale(4, 'major')
  stage.appoint(CY, 'listener')

  const ana = await stage.join(ANA)
  stage.pass(1000)

  expect(rootAt(ana)).toBe(4)
})

test('[SYNC15] a listener talks', async () => {
  const [ana, bo, cy] = await room()
  ana.jam.chat.say(line('hello'))
  stage.pass(200)

  cy.jam.chat.say(line('lovely'))
  cy.jam.chat.say(line('more'))
  stage.pass(500)

  const said = ['hello', 'lovely', 'more']
  expect([ana, bo, cy].map(linesAt)).toEqual([said, said, said])
})

test('[SYNC15] a listener takes no lines away, nor hides an edit behind one', async () => {
  const [ana, bo, cy] = await room()
  ana.jam.chat.say(line('hello'))
  stage.pass(200)

  docShape(cy.doc).chat.delete(0, 1)
  stage.pass(500)
  cy.doc.transact(() => {
    docShape(cy.doc).chat.push([line('look here')])
    writeAnyway(cy, 7)
  })
  stage.pass(1000)

  expect([ana, bo].map(linesAt)).toEqual([['hello'], ['hello']])
  expect([ana, bo].map(rootAt)).toEqual([2, 2])
})

test('[SYNC15] an update of a listener with nothing but junk under the name of the chat is not taken', async () => {
  const [ana, , cy] = await room()
  const own = new Y.Doc()
  own.clientID = cy.doc.clientID
  own.getMap('chat').set('x', 1)

  cy.mesh.send(ANA, 'doc', syncFrame(UPDATE, Y.encodeStateAsUpdate(own)))
  stage.pass(200)

  expect(Y.getState(ana.doc.store, own.clientID)).toBe(0)
})

test('[SYNC15] a listener’s hand is not heard', async () => {
  const [ana, , cy] = await room()
  ana.jam.verbs.toggleNote(ana.track, 0, 60)
  stage.pass(500)
  const cutoff = (): number | undefined => ana.jam.song.read().tracks[0]?.sound.cutoffHz
  const before = cutoff()
  const gestures = [{ track: ana.track, entry: 'p/cutoffHz' as never, value: 1234 }]

  cy.mesh.send(ANA, 'live', liveFrame(LIVE_GESTURE, encodeGestures({ number: 1, gestures })))
  stage.meshes.deliverAll()

  expect(cutoff()).toBe(before)
  stage.appoint(CY, 'player')
  cy.mesh.send(ANA, 'live', liveFrame(LIVE_GESTURE, encodeGestures({ number: 2, gestures })))
  stage.meshes.deliverAll()
  expect(cutoff()).toBe(1234)
})

test('[SYNC15] a listener’s own page writes nothing, and plays again when it may', async () => {
  const [ana, , cy] = await room()

  cy.jam.verbs.setScale(9, 'dorian')
  expect(cy.jam.writable.read()).toBe('listening')
  stage.pass(500)
  expect([ana, cy].map(rootAt)).toEqual([2, 2])
  stage.appoint(CY, 'player')
  cy.jam.verbs.setScale(9, 'dorian')
  stage.pass(500)

  expect(cy.jam.writable.read()).toBe('yes')
  expect(rootAt(ana)).toBe(9)
})

test('[SYNC15] what came too late is given up by whoever became a listener, who plays the others’ song', async () => {
  const [ana, bo, cy] = await room()

  writeAnyway(cy, 7)
  expect(rootAt(cy)).toBe(7)
  await passed(6000)

  expect([ana, bo, cy].map(rootAt)).toEqual([2, 2, 2])
  ana.jam.verbs.setScale(5, 'major')
  stage.pass(500)
  expect(rootAt(cy)).toBe(5)
  stage.appoint(CY, 'player')
  cy.jam.verbs.setScale(11, 'major')
  await passed(1000)
  expect([ana, bo, cy].map(rootAt)).toEqual([11, 11, 11])
})

test('[SYNC15] who comes as a listener with a song of their own hears the others’', async () => {
  const kept = new Y.Doc()
  docShape(kept).room.set('root', 8)
  stage.appoint(CY, 'listener')
  const ana = await stage.join(ANA)
  ana.jam.verbs.setScale(2, 'major')

  const cy = await stage.join(CY, 0, 0.5, Y.encodeStateAsUpdate(kept))
  await passed(6000)

  expect([ana, cy].map(rootAt)).toEqual([2, 2])
  expect(Y.encodeStateVector(cy.doc)).toEqual(Y.encodeStateVector(ana.doc))
})

/** Time passes, and what takes its own time is done. */
async function passed(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 500) {
    stage.pass(500)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}
