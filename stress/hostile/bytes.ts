import { cpuUsage } from 'node:process'
import { isDeepStrictEqual } from 'node:util'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { syncFrame } from '../../client/src/jam/doc-frames.ts'
import { ANSWER, judge } from '../../client/src/jam/gate.ts'
import type { Dice } from '../random.ts'
import { ms, must, type Scenario } from '../scenario.ts'
import { awarenessFrame, contentOf, inRoom, leastOf, timed, updateFrame } from './room.ts'

const GARBAGE_COUNT = 50_000
const GARBAGE_MS = 1000
const LONGEST_MS = 5
const GHOSTS = 100_000
/** A sixtieth of a second. */
const LONGEST_TAKEN_MS = 17
const DEEP = 10_000

/** Bytes that begin like an update and end like anything. */
function garbage(dice: Dice): Uint8Array {
  const bytes = dice.bytes(2 + dice.below(80))
  if (dice.chance(0.5)) bytes.set([1, 1 + dice.below(3)])
  return updateFrame(bytes)
}

/** The shortest of several tries: the first one pays for what the engine does once. */
function shortestOf(tries: number, run: () => void): number {
  return Math.min(...Array.from({ length: tries }, () => timed(run)))
}

/**
 * A frame that must be refused at once, and cut its sender off without harm to the others.
 *
 * @param harmless  made in the same way, so that the refusal is of what the row is about
 */
const refused = (name: string, frame: Uint8Array, harmless?: Uint8Array): Scenario => ({
  name,
  run: () =>
    inRoom((room) => {
      must(harmless === undefined || judge(harmless).ok, 'its harmless twin must pass, did not')
      const tookMs = leastOf(5, () => must(!judge(frame).ok, 'it must be refused, was not'))
      must(tookMs <= LONGEST_MS, `judged within ${LONGEST_MS} ms, took ${ms(tookMs)}`)
      const before = contentOf(room.ana)

      room.intrude().send(room.ana.id, 'doc', frame)
      room.stage.meshes.deliverAll()

      const code = room.cutCode()
      must(code !== undefined, 'its sender must be cut off, was not')
      must(isDeepStrictEqual(contentOf(room.ana), before), 'the song must stay, changed')
      room.mustPlayOn()
      return `refused in ${ms(tookMs)}, sender cut off: ${code}`
    }),
})

const m1: Scenario = {
  name: 'M1 50,000 updates of garbage',
  run: ({ dice }) =>
    inRoom((room) => {
      const frames = Array.from({ length: GARBAGE_COUNT }, () => garbage(dice))
      let refusals = 0
      const startedAt = cpuUsage()
      const eachMs = frames.map((frame) =>
        timed(() => {
          if (!judge(frame).ok) refusals += 1
        }),
      )
      const allMs = cpuUsage(startedAt).user / 1000
      // A machine that is busy with something else makes one or the other seem long: they are judged again.
      const slow = frames.filter((_, index) => (eachMs[index] ?? 0) > LONGEST_MS)
      const slowMs = slow.map((frame) => shortestOf(3, () => judge(frame)))
      const longestMs = Math.max(...slowMs, ...eachMs.filter((each) => each <= LONGEST_MS))
      must(longestMs <= LONGEST_MS, `one judged within ${LONGEST_MS} ms, took ${ms(longestMs)}`)
      must(allMs <= GARBAGE_MS, `all judged within ${ms(GARBAGE_MS)}, took ${ms(allMs)}`)
      must(refusals > GARBAGE_COUNT * 0.9, `garbage must be refused, only ${refusals} were`)

      const mallory = room.intrude()
      for (const frame of frames) mallory.send(room.ana.id, 'doc', frame)
      room.stage.meshes.deliverAll()
      must(room.cutCode() !== undefined, 'who sends garbage must be cut off, was not')
      room.mustPlayOn()
      return `judged in ${ms(allMs)} of processor time, the longest ${ms(longestMs)}; cut off at the first offence`
    }),
}

/** Says that it holds 2^25 structs, in seven bytes. */
const bomb = updateFrame(Uint8Array.of(1, 128, 128, 128, 16, 1, 0))

/** A readable update of so many runs that are forgotten, one clock and two bytes each, spread over so many clients. */
function crowd(structs: number, clients: number): Uint8Array {
  const each = structs / clients
  const runs = new Uint8Array(2 * each).map((_, at) => at % 2)
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, clients)
  for (let client = 1; client <= clients; client++) {
    for (const number of [each, client, 0]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8Array(encoder, runs)
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}
const fewRuns = updateFrame(crowd(100, 1))

/** One list of so many numbers: a byte each. */
const manyValues = (count: number): Uint8Array => {
  const doc = new Y.Doc()
  doc.getArray('chat').push(Array.from({ length: count }, () => null))
  return updateFrame(Y.encodeStateAsUpdate(doc))
}

const m2Answer: Scenario = {
  name: 'M2 an answer of 4 million structs',
  run: () =>
    inRoom((room) => {
      const frame = syncFrame(ANSWER, crowd(4_000_000, 1))
      const kind = (): string => {
        const verdict = judge(frame)
        return verdict.ok ? verdict.frame.kind : verdict.code
      }
      const tookMs = leastOf(5, () => must(kind() === 'unfit-answer', 'it must be unfit'))
      must(tookMs <= LONGEST_MS, `judged within ${LONGEST_MS} ms, took ${ms(tookMs)}`)
      const before = contentOf(room.ana)
      const mallory = room.intrude()
      room.stage.meshes.deliverAll()
      mallory.send(room.ana.id, 'doc', frame)
      room.stage.meshes.deliverAll()
      must(isDeepStrictEqual(contentOf(room.ana), before), 'the song must stay, changed')
      room.mustPlayOn()
      return `passed over in ${ms(tookMs)}`
    }),
}

/** What costs most and is taken: it may not make anybody wait either. */
const m2Most: Scenario = {
  name: 'M2 the largest crowd of structs that is taken in',
  run: () => {
    let most = 1000
    while (judge(updateFrame(crowd(most + 500, 1))).ok) most += 500
    const update = crowd(most, 1)
    const judgeMs = leastOf(5, () => judge(updateFrame(update)))
    const applyMs = leastOf(5, () => Y.applyUpdate(new Y.Doc(), update))
    must(judgeMs + applyMs <= LONGEST_TAKEN_MS, `within a frame, took ${ms(judgeMs + applyMs)}`)
    return Promise.resolve(
      `${most} structs: judged in ${ms(judgeMs)}, applied in ${ms(applyMs)} of processor time`,
    )
  },
}

const ghosts = (count: number): Uint8Array =>
  awarenessFrame(
    Array.from({ length: count }, (_, clientId) => ({ clientId, clock: 1, state: { x: 1 } })),
  )

/** An update with one value, written byte by byte as no honest Yjs writes it. */
function updateOfValue(write: (encoder: encoding.Encoder) => void): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('room').set('stepCount', 'MARK')
  const honest = Y.encodeStateAsUpdate(doc)
  const value = encoding.createEncoder()
  encoding.writeAny(value, 'MARK')
  const known = encoding.toUint8Array(value)
  const at = honest.findIndex((_, index) => known.every((byte, i) => honest[index + i] === byte))
  const encoder = encoding.createEncoder()
  encoding.writeUint8Array(encoder, honest.subarray(0, at))
  write(encoder)
  encoding.writeUint8Array(encoder, honest.subarray(at + known.length))
  return encoding.toUint8Array(encoder)
}

const OBJECT = 118
const LIST = 117

const objectWith = (key: string): Uint8Array =>
  updateFrame(
    updateOfValue((encoder) => {
      encoding.writeUint8(encoder, OBJECT)
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarString(encoder, key)
      encoding.writeAny(encoder, { isAdmin: true })
    }),
  )

const deepValue = (levels: number): Uint8Array =>
  updateFrame(
    updateOfValue((encoder) => {
      for (let level = 0; level < levels; level++) {
        encoding.writeUint8(encoder, LIST)
        encoding.writeVarUint(encoder, 1)
      }
      encoding.writeAny(encoder, 1)
    }),
  )

/** What is no update, or none of a song: rows M1, M2, M8, M10 and M11. */
export const hostileBytes: readonly Scenario[] = [
  m1,
  refused('M2 an update of seven bytes that claims 33 million structs', bomb),
  refused('M2 an update of 32,000 tiny structs', updateFrame(crowd(32_000, 1)), fewRuns),
  refused('M2 an update of a million tiny structs', updateFrame(crowd(1_000_000, 1)), fewRuns),
  refused(
    'M2 a million tiny structs of a thousand clients',
    updateFrame(crowd(1e6, 1000)),
    fewRuns,
  ),
  refused('M2 an update of a million values', manyValues(1_000_000), manyValues(100)),
  m2Answer,
  m2Most,
  refused('M8 presence of 100,000 ghosts in one message', ghosts(GHOSTS), ghosts(1)),
  refused('M10 a value with the key __proto__', objectWith('__proto__'), objectWith('proto')),
  refused('M11 a value 10,000 levels deep', deepValue(DEEP), deepValue(2)),
]
