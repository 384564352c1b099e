import { argv, exit } from 'node:process'
import { openOurPeers, openStockPeers } from './node-peers.ts'
import type { NodeReport } from './node-mesh.ts'

/** A process of the bench: peers without pages join one room, and it reports how soon they were all linked. */
const [, , side, room = '', url = '', count = '0', limitMs = '0'] = argv

const beganMs = performance.now()
const open = side === 'ours' ? openOurPeers : openStockPeers
const peers = await open(room, url, Number(count))
const wanted = Number(count) * (Number(count) - 1)
const report = (): void => {
  const told: NodeReport = { ms: performance.now() - beganMs, linkEnds: peers.linkEnds() }
  process.send?.(told, () => {
    exit(0)
  })
}
const look = (): void => {
  if (peers.linkEnds() >= wanted) report()
}
peers.onLinks(look)
look()
setTimeout(report, Number(limitMs))
