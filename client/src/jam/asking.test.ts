import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import { type Asking, createAsking } from './asking.ts'
import { ANA, BO } from './jam-stage.ts'

interface Table {
  readonly asking: Asking
  readonly timers: FakeTimers
  /** Whom we asked so far. */
  readonly sent: readonly string[]
}

function table(): Table {
  const timers = createFakeTimers()
  const sent: string[] = []
  const send = (to: string): boolean => sent.push(to) > 0
  const asking = createAsking(new Y.Doc(), { send }, timers)
  asking.begin(BO)
  return { asking, timers, sent }
}

const MORE = Y.encodeStateVector(new Map([[7, 1]]))

test('[SYNC4] who has more is asked, once while the answer may be on its way', () => {
  const { asking, timers, sent } = table()
  asking.heardAsk(BO, MORE)
  expect(sent).toEqual([BO])

  timers.advance(10_000)
  asking.heardAsk(BO, MORE)
  asking.heardAsk(BO, MORE)

  expect(sent, 'the first one is as good as lost').toEqual([BO, BO])
})

test('[SYNC7] each question is answered once, and not a minute later', () => {
  const { asking, timers } = table()
  expect(asking.answered(BO)).toBe('lack')
  expect(asking.answered(BO)).toBeUndefined()

  asking.ask(BO)
  asking.askWhole(BO)
  timers.advance(60_000)

  expect(asking.answered(BO)).toBeUndefined()
  expect(asking.answered(ANA), 'who is not linked was asked nothing').toBeUndefined()
})

test('[SYNC4] who has too much for us is left alone for a minute', () => {
  const { asking, timers, sent } = table()
  asking.rest(BO)
  asking.ask(BO)
  expect(sent).toHaveLength(1)

  timers.advance(60_000)
  asking.ask(BO)

  expect(sent).toHaveLength(2)
})
