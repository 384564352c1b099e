import { seal } from '../../client/src/net/seal.ts'
import { isFullMesh, until } from '../../client/src/net/test-tab.ts'
import type { Dice } from '../random.ts'
import { ms, must, type Scenario } from '../scenario.ts'
import { allGreet, inRealRoom, type RealTab } from './real-room.ts'

const SIGNALS = 300
/** Beyond all that the mesh itself has said. */
const FIRST_SEQ = 1000
const MOST_HALF_OPEN = 16
const EDITS = 60
const EDIT_EVERY_MS = 25
const PROMISED_P95_MS = 100
const FLOOD_BURST = 400

const JUNK: readonly unknown[] = [null, 0, -1, 2 ** 60, '', 'v=0', [], {}, [[]], { type: 'offer' }]

/** A body that nobody honest would seal, though much of it looks right. */
function body(dice: Dice, page: string, seq: number): string {
  const odd = (honest: unknown): unknown => (dice.chance(0.1) ? dice.pick(JUNK) : honest)
  const type = dice.pick(['offer', 'answer', 'candidate', 'renegotiate', 'pranswer'])
  return JSON.stringify({
    kind: odd(dice.pick(['wire', 'please', 'relay', 'constructor'])),
    page: odd(page),
    seq: odd(seq),
    attempt: odd({ page, n: odd(dice.below(2) + seq) }),
    last: odd({ page, n: 1 }),
    signal: odd({
      type: odd(type),
      sdp: odd('v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'),
      candidate: odd({
        candidate: odd('candidate:1 1 udp 1 0.0.0.0 9 typ host'),
        sdpMid: odd('0'),
      }),
    }),
  })
}

const m15: Scenario = {
  name: 'M15 answers to nothing, offers of nothing: sealed by a member',
  run: ({ dice }) =>
    inRealRoom(async ({ keys, join }) => {
      const joined = [await join(), await join(), await join()]
      await until(() => isFullMesh(joined))
      // The lowest id offers, so that most of what it says is its to say.
      const [mallory, ana, bo] = joined.sort((a, b) => (a.id < b.id ? -1 : 1))
      if (!ana || !bo || !mallory) throw new Error('three must be there')
      const before = ana.connections.length
      let mostHalfOpen = 0

      for (let count = 0; count < SIGNALS; count++) {
        const context = `signal|${mallory.id}|${ana.id}`
        const text = body(dice, mallory.signal.page, FIRST_SEQ + count)
        mallory.signal.sendSignal(ana.id, await seal(keys.signalKey, text, context))
        // The server takes fifty a second in the long run.
        await new Promise((resolve) => setTimeout(resolve, count < 200 ? 2 : 22))
        mostHalfOpen = Math.max(mostHalfOpen, ana.halfOpen())
      }

      const made = ana.connections.length - before
      must(made > 0, 'some of it must get as far as a connection, did not')
      must(mostHalfOpen <= MOST_HALF_OPEN, `few connections half-open, were ${mostHalfOpen}`)
      must(ana.mesh.peers().includes(bo.id), 'honest people must stay linked, are not')
      await allGreet([ana, bo])
      return `${SIGNALS} sealed, nothing thrown, ${made} connections made of them, at most ${mostHalfOpen} connections half-open`
    }),
}

/** Sends all it can on the live lane, as fast as the loop goes round. @returns how to stop it, and how much it sent */
function flood({ mesh }: RealTab, to: RealTab): { stop(): number } {
  const bytes = new Uint8Array(1000)
  let sent = 0
  const timer = setInterval(() => {
    for (let count = 0; count < FLOOD_BURST; count++) {
      if (mesh.send(to.id, 'live', bytes)) sent += 1
      mesh.send(to.id, 'doc', bytes)
    }
  }, 1)
  return {
    stop() {
      clearInterval(timer)
      return sent
    },
  }
}

const m13: Scenario = {
  name: 'M13 a member that floods the data channels',
  run: () =>
    inRealRoom(async ({ join }) => {
      const [ana, bo, mallory] = [await join(), await join(), await join()]
      await until(() => isFullMesh([ana, bo, mallory]))
      const tookMs: number[] = []
      ana.mesh.onBytes('live', (from, bytes) => {
        if (from !== bo.id) return
        const sentMs = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0)
        tookMs.push(performance.now() - sentMs)
      })
      const { stop } = flood(mallory, ana)
      for (let edit = 0; edit < EDITS; edit++) {
        const bytes = new Uint8Array(50)
        new DataView(bytes.buffer).setFloat64(0, performance.now())
        bo.mesh.send(ana.id, 'live', bytes)
        await new Promise((resolve) => setTimeout(resolve, EDIT_EVERY_MS))
      }
      await until(() => !ana.mesh.peers().includes(mallory.id))
      const sent = stop()

      const cut = ana.cuts.find((line) => line.startsWith(mallory.id)) ?? ''
      must(cut.endsWith('us'), 'who floods must be cut off by the one who is flooded, was not')
      must(ana.mesh.peers().includes(bo.id), 'honest people must stay linked, are not')
      const p95 = tookMs.sort((a, b) => a - b)[Math.floor(tookMs.length * 0.95)] ?? Infinity
      must(tookMs.length > EDITS * 0.9, `honest frames must arrive, ${tookMs.length} did`)
      must(p95 <= PROMISED_P95_MS, `within ${PROMISED_P95_MS} ms at p95, took ${ms(p95)}`)
      await allGreet([ana, bo])
      return `cut off after ${sent} frames (${cut.split(' ')[1] ?? ''}); honest frames p95 ${ms(p95)} meanwhile`
    }),
}

/** A hostile member on real links: rows M13 and M15. */
export const hostileMember: readonly Scenario[] = [m13, m15]
