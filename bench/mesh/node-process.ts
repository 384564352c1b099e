import { argv, exit } from 'node:process'
import { ourKind, stockKind } from '../page/message-kind.ts'
import type { NodeReport } from './node-mesh.ts'
import { type NodePeers, openOurPeers, openStockPeers } from './node-peers.ts'
import { tapNode } from './node-tap.ts'

/**
 * A process of the bench: peers without pages join one room. It reports how soon they were all linked, what that took
 * of the server, and how many reliable messages an edit is.
 */
const [, , side, room = '', url = '', count = '0', limitMs = '0'] = argv

const EDITS = 24
const LOOK_EVERY_MS = 20
const ARRIVES_WITHIN_MS = 5000
/** What is under way from the beginning of the jam has arrived by then. */
const SETTLE_MS = 1500

const tally = tapNode(side === 'ours' ? ourKind : stockKind)
const beganMs = performance.now()
const open = side === 'ours' ? openOurPeers : openStockPeers
const peers = await open(room, url, Number(count))
const wanted = Number(count) * (Number(count) - 1)

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const isComplete = await new Promise<boolean>((resolve) => {
  const look = (): void => {
    if (peers.linkEnds() >= wanted) resolve(true)
  }
  peers.onLinks(look)
  look()
  setTimeout(() => {
    resolve(false)
  }, Number(limitMs))
})
const { signalsSent, signalsHeard } = tally()
const linked = {
  ms: performance.now() - beganMs,
  linkEnds: peers.linkEnds(),
  signalsSent,
  signalsHeard,
}
const messagesAnEdit = isComplete ? await countMessages(peers) : undefined
const report: NodeReport = {
  ...linked,
  ...(messagesAnEdit !== undefined && { messagesAnEdit }),
}
process.send?.(report, () => {
  exit(0)
})

/**
 * Writes one note after the other, each of which everybody has before the next.
 *
 * @returns undefined when one of them did not arrive: a link of the stock may be open and deaf
 */
async function countMessages(from: NodePeers): Promise<number | undefined> {
  const jam = await from.beginJam()
  const writes = async (at: number): Promise<boolean> => {
    jam.write(at)
    const giveUpMs = performance.now() + ARRIVES_WITHIN_MS
    while (jam.noteCount() <= at) {
      if (performance.now() > giveUpMs) return false
      await pause(LOOK_EVERY_MS)
    }
    return true
  }
  await pause(SETTLE_MS)
  // The first one also makes the track.
  if (!(await writes(0))) return undefined
  await pause(SETTLE_MS)
  const before = tally().edits
  for (let at = 1; at <= EDITS; at++) if (!(await writes(at))) return undefined
  return (tally().edits - before) / EDITS
}
