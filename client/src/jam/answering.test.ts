import { expect, test } from 'vitest'
import { createAnswering } from './answering.ts'
import { ANA, BO } from './jam-stage.ts'

const WHOLE_BYTES = 4 * 1024 * 1024

test('[SYNC4] whoever asks for the whole song over and over is answered ever more slowly', () => {
  const answering = createAnswering()
  let sent = 0
  for (let nowMs = 0; nowMs < 60_000; nowMs += 10) {
    if (!answering.mayAnswer(ANA, nowMs)) continue
    answering.answered(ANA, WHOLE_BYTES, nowMs)
    sent += 1
  }

  expect(sent).toBeGreaterThan(15)
  expect(sent).toBeLessThan(25)
  expect(answering.mayAnswer(BO, 60_000), 'others are not made to wait').toBe(true)
})

test('[SYNC4] an honest peer is answered each time', () => {
  const answering = createAnswering()

  for (let nowMs = 0; nowMs < 600_000; nowMs += 1000) {
    expect(answering.mayAnswer(ANA, nowMs)).toBe(true)
    answering.answered(ANA, 200, nowMs)
  }
})
