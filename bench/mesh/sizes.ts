import type { Row } from '../rows.ts'
import { type BenchRoom, openRoom, type Side, type Stage } from './bench-room.ts'
import { measureEdits, measureSilence, tallyOf } from './mesh-edits.ts'
import { loseAllLinks } from './recovery.ts'
import { JOIN_LIMIT_MS, type Plan, rowsOf, type SizeFigures } from './size-rows.ts'

const PLANS: readonly Plan[] = [
  { pages: 2, joins: 5, edits: 500, losses: 5 },
  { pages: 4, joins: 4, edits: 400, losses: 5 },
  { pages: 8, joins: 3, edits: 240, losses: 4 },
]
const PAUSE_MS = 12
const MAX_JOINS = 6

/** Meshes of 2, 4 and 8 pages, ours beside the stock. */
export async function sizeRows(stage: Stage): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const plan of PLANS) {
    stage.say(`mesh: ${plan.pages} pages, ours …`)
    const ours = await measure(stage, 'ours', plan)
    stage.say(`mesh: ${plan.pages} pages, stock y-webrtc …`)
    const stock = await measure(stage, 'stock', plan)
    rows.push(...rowsOf(plan, ours, stock))
  }
  return rows
}

async function measure(stage: Stage, side: Side, plan: Plan): Promise<SizeFigures> {
  const room = await openRoom(stage, side, plan.pages)
  try {
    const joinMs: number[] = []
    for (let join = 0; join < plan.joins; join++) {
      if (join > 0) await room.reload()
      joinMs.push((await room.joinAll(JOIN_LIMIT_MS)) ?? JOIN_LIMIT_MS)
    }
    if (joinMs.at(-1) === JOIN_LIMIT_MS) await joinAgain(room)
    const { signalsSent, signalsHeard } = await tallyOf(room)
    const pairs = (plan.pages * (plan.pages - 1)) / 2
    const silence = await measureSilence(room)
    const edits = await measureEdits(room, {
      rounds: plan.edits,
      pauseMs: PAUSE_MS,
      raw: side === 'ours',
    })
    const recoveryMs = await lose(room, side, plan.losses)
    return {
      joinMs,
      signalsSent: signalsSent.messages / pairs,
      signalsHeard: signalsHeard.messages / pairs,
      silence,
      edits,
      recovered: recoveryMs.length,
      recoveryMs,
    }
  } finally {
    await room.close()
  }
}

/** @returns ms of each round that ended well */
async function lose(room: BenchRoom, side: Side, rounds: number): Promise<readonly number[]> {
  const recoveryMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    // Ours goes on with what the round before left; the stock seldom could.
    if (side === 'stock' && round > 0) await joinAgain(room)
    const ms = await loseAllLinks(room, round)
    if (ms !== undefined) recoveryMs.push(ms)
  }
  return recoveryMs
}

/** Loads and joins until the mesh is complete, as the stock's is not each time. */
async function joinAgain(room: BenchRoom): Promise<void> {
  for (let attempt = 0; attempt < MAX_JOINS; attempt++) {
    await room.reload()
    if ((await room.joinAll(JOIN_LIMIT_MS)) !== undefined) return
  }
  throw new Error(`a mesh must be complete once in ${MAX_JOINS} times`)
}
