import { withoutFeatures } from '../../scripts/browser.mjs'
import type { Row } from '../rows.ts'
import { openRoom, type Side, type Stage } from './bench-room.ts'
import { type EditFigures, measureEdits } from './mesh-edits.ts'
import { createUdpPath, type UdpPath } from './udp-path.ts'

/** Host candidates are then addresses that a proxy can stand in for. */
export const SHOW_ADDRESSES = withoutFeatures('WebRtcHideLocalIpsWithMdns')

/** A round trip of 50 ms; each datagram is lost with 5 %. */
export const LOSSY_QUALITY = { delayMs: 23, jitterMs: 4, loss: 0.05 } as const
const EDITS = 500
const PAUSE_MS = 30
const JOIN_LIMIT_MS = 10_000
const GOAL_P99_MS = 70

/** Edits between two pages whose every datagram passes a lossy path of the bench's own. */
export async function lossyRows(stage: Stage): Promise<readonly Row[]> {
  stage.say('mesh: edits through a path that loses 5 %, ours and stock …')
  const [ours, stock] = await Promise.all([measure(stage, 'ours'), measure(stage, 'stock')])
  return [
    {
      suite: 'mesh',
      row: 'edit to applied, RTT 50 ms, 5 % loss',
      unit: 'ms',
      ours: ours.edit,
      baseline: stock.edit,
      baselineIs: 'stock y-webrtc over a path of the same kind, at the same time',
      goal: `p99 at most ${GOAL_P99_MS} ms`,
      holds: ours.edit.p99 <= GOAL_P99_MS,
    },
    {
      suite: 'mesh',
      row: 'edits that arrived, RTT 50 ms, 5 % loss',
      unit: 'share',
      ours: { value: ours.delivered },
      baseline: { value: stock.delivered },
      baselineIs: 'stock y-webrtc over a path of the same kind, at the same time',
      goal: 'all',
      holds: ours.delivered === 1,
    },
  ]
}

async function measure(stage: Stage, side: Side): Promise<EditFigures> {
  const path = createUdpPath()
  const room = await openRoom(stage, side, 2, async (context) => {
    await context.exposeBinding('benchPath', (_source, candidate: string) =>
      leadOver(path, candidate),
    )
  })
  try {
    if ((await room.joinAll(JOIN_LIMIT_MS)) === undefined) {
      throw new Error(`${side} must link over the bench's path`)
    }
    const figures = await measureEdits(room, {
      rounds: EDITS,
      pauseMs: PAUSE_MS,
      raw: false,
      // The clocks are compared over the good path.
      beforeEdits: () => {
        path.setQuality(LOSSY_QUALITY)
      },
      afterEdits: () => {
        path.setQuality(undefined)
      },
    })
    const { passed, lost } = path.counts()
    if (lost === 0) throw new Error('the path must lose datagrams')
    stage.say(`mesh: the path of ${side} passed ${passed} datagrams and lost ${lost}`)
    return figures
  } finally {
    await room.close()
    await path.close()
  }
}

/** @returns the candidate with a door in place of its address; null when it is not of UDP over IPv4 */
export async function leadOver(path: UdpPath, candidate: string): Promise<string | null> {
  // The last of all is empty, and says so.
  if (candidate === '') return candidate
  const parts = candidate.split(' ')
  const [, , protocol = '', , address = '', port = ''] = parts
  if (protocol.toLowerCase() !== 'udp' || !/^\d+(\.\d+){3}$/.test(address)) return null
  parts[5] = String(await path.doorTo(address, Number(port)))
  return parts.join(' ')
}
