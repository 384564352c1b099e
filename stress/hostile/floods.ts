import { cpuUsage } from 'node:process'
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { syncFrame } from '../../client/src/jam/doc-frames.ts'
import { ANSWER, ASK } from '../../client/src/jam/gate.ts'
import { CY } from '../../client/src/jam/jam-stage.ts'
import type { Mesh } from '../../client/src/net/mesh.ts'
import type { Dice } from '../random.ts'
import { ms, must, type Scenario } from '../scenario.ts'
import {
  contentOf,
  type HostileRoom,
  inRoom,
  live,
  type OwnDocument,
  ownDocument,
  updateFrame,
} from './room.ts'

const GAPS = 4000
const GAPS_MS = 100
const FLIPS = 20_000
/** A room that so many have been through is closed: its song would take the time. */
const FLIPS_IN_ROOM = 500
const PIECE_BYTES = 200_000
const PIECES = 200
const SMALL_PIECE_BYTES = 60_000
const SMALL_PIECES = 300
const HARD_CAP_BYTES = 4 * 1024 * 1024
const SURPLUS_BYTES = 1024 * 1024
const ANSWERS = 12
const ANSWER_BYTES = 4_000_000
/** Copies that came apart are found out within so long, and are one again so much later. */
const FOUND_MS = 10_000
const HEALED_MS = 5000
const LOOK_EVERY_MS = 500

interface Flipped {
  readonly cut: number
  /** How long after the last of it the others' songs were equal, ms. */
  readonly apartMs: number
}

/** @returns ms of processor time that ana takes for all of them */
const gapsIn = (room: HostileRoom): number => {
  const mallory = room.intrude()
  room.stage.meshes.deliverAll()
  const { doc, updates } = ownDocument(mallory)
  for (let edit = 0; edit < 2 * GAPS; edit++) doc.getMap('room').set(`k${edit % 7}`, edit)
  const gaps = updates.filter((_, index) => index % 2 === 1).reverse()
  for (const update of gaps) mallory.send(room.ana.id, 'doc', updateFrame(update))
  must(gaps.length === GAPS, `there must be ${GAPS}, are ${gaps.length}`)

  // They are all that is on its way; what ana says to it comes behind them.
  const startedAt = cpuUsage()
  for (let count = 0; count < GAPS; count++) room.stage.meshes.deliver()
  const tookMs = cpuUsage(startedAt).user / 1000

  must(room.ana.doc.store.pendingStructs === null, 'nothing may wait inside Yjs, something does')
  room.mustPlayOn()
  return tookMs
}

const m3: Scenario = {
  name: 'M3 4,000 edits that each stand on one that never comes',
  async run() {
    // The first ones pay for what the engine compiles.
    let tookMs = Infinity
    for (let tries = 0; tries < 4; tries++) tookMs = Math.min(tookMs, await inRoom(gapsIn))
    must(tookMs <= GAPS_MS, `taken in within ${GAPS_MS} ms, took ${ms(tookMs)}`)
    return `taken in in ${ms(tookMs)} of processor time, nothing waits inside Yjs`
  },
}

/** Turns one bit of a copy. */
function flipped(update: Uint8Array, dice: Dice): Uint8Array {
  const copy = update.slice()
  const at = dice.below(copy.length)
  copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8))
  return copy
}

/** Something that a song may hold, written in one go: values, lists, records, and what takes them away. */
function writeSomething(doc: Y.Doc, dice: Dice): void {
  const [room, parts, chat] = [doc.getMap('room'), doc.getMap('parts'), doc.getArray('chat')]
  doc.transact(() => {
    for (let count = 1 + dice.below(3); count > 0; count--) {
      const kind = dice.below(6)
      if (kind < 2) room.set(`k${dice.below(3)}`, dice.below(100))
      else if (kind === 2) chat.insert(dice.below(chat.length + 1), [{ text: 'hello' }])
      else if (kind === 3) parts.set(`p${dice.below(3)}`, new Y.Map([['a', dice.below(9)]]))
      else if (kind === 4 && chat.length > 0) chat.delete(dice.below(chat.length))
      else room.delete(`k${dice.below(3)}`)
    }
  })
}

/** Sends so many broken ones into a room of its own. @returns how many senders were cut off */
const flipIn = async (room: HostileRoom, dice: Dice): Promise<Flipped> => {
  const { ana, bo, stage } = room
  let cut = 0
  let mallory = room.intrude()
  let own = ownDocument(mallory)
  for (let count = 0; count < FLIPS_IN_ROOM; count++) {
    if (room.cutCode() !== undefined) {
      cut += 1
      mallory = room.intrude()
      own = ownDocument(mallory)
    }
    const isAnswer = dice.chance(0.2)
    if (isAnswer) Y.applyUpdate(own.doc, Y.encodeStateAsUpdate(ana.doc))
    writeSomething(own.doc, dice)
    if (isAnswer) {
      // Ana has asked this newcomer what she lacks: only then does she look at an answer.
      const lacked = Y.encodeStateAsUpdate(own.doc, Y.encodeStateVector(ana.doc))
      mallory.send(ana.id, 'doc', syncFrame(ANSWER, flipped(lacked, dice)))
    } else {
      const some = own.updates.slice(-1 - dice.below(2))
      mallory.send(ana.id, 'doc', updateFrame(flipped(Y.mergeUpdates(some), dice)))
    }
    stage.meshes.deliverAll()
  }
  must(ana.doc.store.pendingStructs === null, 'nothing may wait inside Yjs, something does')
  mallory.close()
  let apartMs = 0
  while (!isDeepStrictEqual(contentOf(ana), contentOf(bo))) {
    must(apartMs < FOUND_MS + HEALED_MS, 'songs that came apart must be one again, are not')
    await live(stage, LOOK_EVERY_MS)
    apartMs += LOOK_EVERY_MS
  }
  room.mustPlayOn()
  return { cut, apartMs }
}

const m4: Scenario = {
  name: 'M4 20,000 edits and answers of which one bit is turned',
  async run({ dice }) {
    const rooms: Flipped[] = []
    for (let count = 0; count < FLIPS; count += FLIPS_IN_ROOM) {
      rooms.push(await inRoom((room) => flipIn(room, dice)))
    }
    const cut = rooms.reduce((sum, each) => sum + each.cut, 0)
    const slowestMs = Math.max(...rooms.map(({ apartMs }) => apartMs))
    return (
      `nothing thrown, ${cut} senders cut off, nothing waits inside Yjs; ` +
      `the songs of the others equal ${(slowestMs / 1000).toFixed(2)} s later at most`
    )
  },
}

/** Fills the song in some way until the intruder is cut off or has had enough. */
type Fill = (room: HostileRoom, mallory: Mesh) => void

const isCut = ({ cutCode }: HostileRoom): boolean => cutCode() !== undefined

/** One change of so many bytes, as an update of the intruder's. */
function bigChange({ doc, updates }: OwnDocument, bytes: number): Uint8Array {
  doc.getMap('room').set(`k${doc.clientID} ${updates.length}`, 'x'.repeat(bytes))
  return updates.at(-1) ?? new Uint8Array()
}

/**
 * Whatever is done to fill a song: it stays within its size, and a newcomer gets all of it.
 *
 * @param mustCut  whether it is an offence
 */
const filled = (name: string, mustCut: boolean, fill: Fill): Scenario => ({
  name,
  run: () =>
    inRoom(async (room) => {
      const { ana, stage } = room
      const mallory = room.intrude()
      stage.meshes.deliverAll()
      fill(room, mallory)
      const code = room.cutCode()
      must(!mustCut || code !== undefined, 'who fills a full song must be cut off, was not')
      const bytes = Y.encodeStateAsUpdate(ana.doc).length
      must(bytes <= HARD_CAP_BYTES + SURPLUS_BYTES, `at most 5 MiB, has ${bytes} bytes`)
      // Under whatever page it took the seat last.
      room.leave()

      const cy = await stage.join(CY)
      stage.pass(5000)
      must(
        isDeepStrictEqual(contentOf(cy), contentOf(ana)),
        `a newcomer must get all ${bytes} bytes, did not`,
      )
      must(cy.jam.synced.read(), 'a newcomer must know that it has all')
      const how = code === undefined ? 'left out' : `cut off (${code})`
      return `${how} at ${(bytes / 1024 / 1024).toFixed(1)} MiB; a newcomer gets them all`
    }),
})

const m9: readonly Scenario[] = [
  filled('M9 a song filled up to burst', true, (room, mallory) => {
    const own = ownDocument(mallory)
    for (let piece = 0; piece < PIECES && !isCut(room); piece++) {
      mallory.send(room.ana.id, 'doc', updateFrame(bigChange(own, PIECE_BYTES)))
      room.stage.meshes.deliverAll()
    }
  }),
  filled('M9 an update of 4 MB, then one of 8', true, (room, mallory) => {
    const own = ownDocument(mallory)
    for (const bytes of [4_100_000, 8_000_000]) {
      mallory.send(room.ana.id, 'doc', updateFrame(bigChange(own, bytes)))
      room.stage.meshes.deliverAll()
    }
  }),
  filled('M9 a song filled by answers', false, (room, mallory) => {
    const own = ownDocument(mallory)
    for (let piece = 0; piece < ANSWERS; piece++) {
      mallory.send(room.ana.id, 'doc', syncFrame(ANSWER, bigChange(own, ANSWER_BYTES)))
      room.stage.meshes.deliverAll()
      // Says that there is more, to be asked again.
      const more = Y.encodeStateVector(new Map([[own.doc.clientID, 1000 + piece]]))
      mallory.send(room.ana.id, 'doc', syncFrame(ASK, more))
      room.stage.pass(1000)
    }
  }),
  filled('M9 a song filled by one who leaves and comes back', true, (room, first) => {
    let mallory = first
    let own = ownDocument(first)
    for (let piece = 0; piece < SMALL_PIECES && !isCut(room); piece++) {
      if (piece % 4 === 3) {
        mallory = room.intrude()
        own = ownDocument(mallory)
      }
      // Small enough to be taken although the song is full, as what makes it smaller is.
      mallory.send(room.ana.id, 'doc', updateFrame(bigChange(own, SMALL_PIECE_BYTES)))
      room.stage.meshes.deliverAll()
    }
  }),
]

/** Too much of what would be right: rows M3, M4 and M9. */
export const hostileFloods: readonly Scenario[] = [m3, m4, ...m9]
