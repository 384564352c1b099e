import { ANA, BO, createHandsStage } from '../../client/src/jam/hands-stage.ts'
import type { Row } from '../rows.ts'
import type { Say } from '../suite.ts'

const NOTES = 10_000
const LOSS = 0.05
const KEYS = 24
const LOWEST = 48
const MOST_HELD = 10

/** Ten thousand notes of one hand over a path that loses every twentieth frame: what never begins, and what hangs. */
export function lossRows(say: Say): Promise<readonly Row[]> {
  say('hands: 10,000 notes, every twentieth frame lost …')
  const stage = createHandsStage()
  const [ana, bo] = [stage.join(ANA), stage.join(BO)]
  const held = new Set<number>()
  let pressed = 0
  while (pressed < NOTES) {
    const pitch = LOWEST + Math.floor(Math.random() * KEYS)
    if (held.delete(pitch)) ana.letGo(pitch)
    else if (held.size < MOST_HELD) {
      held.add(pitch)
      ana.press(pitch)
      pressed += 1
    }
    stage.timers.advance(2 + Math.floor(Math.random() * 60))
    for (let index = stage.meshes.packets().length - 1; index >= 0; index--) {
      if (Math.random() < LOSS) stage.meshes.drop(index)
    }
    stage.meshes.deliverAll()
  }
  for (const pitch of held) ana.letGo(pitch)
  stage.pass(200)
  const begun = bo.heard.filter(({ velocity }) => velocity > 0).length
  const ended = bo.heard.length - begun
  const lost = 1 - begun / NOTES
  const base = { suite: 'hands', baseline: null, baselineIs: null }
  return Promise.resolve([
    {
      ...base,
      ...{ row: 'of 10,000 notes, 5 % of frames lost: never began', unit: 'share' },
      ...{ ours: { value: Number(lost.toFixed(5)) }, goal: 'at most 0.005', holds: lost <= 0.005 },
    },
    {
      ...base,
      ...{ row: 'of 10,000 notes, 5 % of frames lost: hang', unit: 'notes' },
      ...{ ours: { value: begun - ended }, goal: 'none', holds: begun === ended },
    },
  ])
}
