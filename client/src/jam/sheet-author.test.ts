import { expect, test } from 'vitest'
import { cellOf, createSheetStage } from './sheet-stage.ts'

const [ANA, BO, CY] = [0, 1, 2] as const
const CELL = cellOf(3, 60)
/** Past the time after which anybody brings over what nobody did. */
const LATE_MS = 6000

test('[SYNC11] who hears of an author’s later changes first takes away nothing of the earlier ones', () => {
  let lastId = 0
  const stage = createSheetStage(3, () => (lastId += 1))
  stage.write(BO, cellOf(0, 60), 228)
  stage.deliver(BO, CY, 0)
  stage.write(ANA, CELL, 200)
  stage.deliver(ANA, BO, 0)
  stage.deliver(ANA, CY, 0)
  stage.reload(CY)
  // Ana's own sheet fell before she came to bring her note over: Bo did, and she finds it there.
  stage.pass(BO, LATE_MS)
  stage.deliverAll(ANA)
  stage.write(ANA, cellOf(1, 60), 201)

  // Cy hears of what Ana wrote there, and only then of what Bo did.
  for (let update = 0; update < 3; update++) stage.deliver(ANA, CY, 0)
  stage.meetAll()

  for (const who of [ANA, BO, CY]) {
    expect(stage.shown(who)).toEqual({
      [cellOf(0, 60)]: 228,
      [cellOf(1, 60)]: 201,
      [CELL]: 200,
    })
  }
})
