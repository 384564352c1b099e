import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beatsUntilTurn, turnAt, withPeople } from './trade-turns.ts'
import { TRADE_BARS, type Trade } from './trade.ts'

const PEOPLE = ['ana', 'bo', 'cy', 'di', 'eve']

const anyTrade: fc.Arbitrary<Trade> = fc
  .record({
    bars: fc.constantFrom(...TRADE_BARS),
    order: fc.shuffledSubarray(PEOPLE, { minLength: 1 }),
    isSilent: fc.boolean(),
    bar: fc.integer({ min: 0, max: 40 }),
    bars2: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  })
  .map(({ bar, bars2, ...trade }) => ({
    ...trade,
    beat: 4 * bar,
    ...(bars2 === undefined ? {} : { end: 4 * (bar + bars2) }),
  }))
const anyBeat = fc.double({ min: -8, max: 600, noNaN: true })

const trade: Trade = { bars: 2, order: ['ana', 'bo', 'cy'], isSilent: false, beat: 16 }
const whose = (of: Trade, ...beats: readonly number[]): readonly (string | undefined)[] =>
  beats.map((beat) => turnAt(of, beat)?.person)

test('[TRADE2] one after the other has so many bars, round and round, and nobody before and after', () => {
  expect(whose(trade, 15.9, 16, 23.9, 24, 32, 40, 48)).toEqual([
    undefined,
    ...['ana', 'ana', 'bo', 'cy', 'ana', 'bo'],
  ])
  expect(whose({ ...trade, end: 28 }, 24, 27.9, 28)).toEqual(['bo', 'bo', undefined])
  expect(turnAt({ ...trade, end: 28 }, 26)).toEqual({
    person: 'bo',
    next: undefined,
    beat: 24,
    beatsLeft: 2,
  })
  expect(turnAt(trade, 21)).toEqual({ person: 'ana', next: 'bo', beat: 16, beatsLeft: 3 })
})

test('[TRADE2] when a turn is over it is that of whoever was said to be next, and each has one in a round', () => {
  fc.assert(
    fc.property(anyTrade, anyBeat, (any, beat) => {
      const turn = turnAt(any, beat)
      if (turn === undefined) return

      expect(turn.beatsLeft).toBeGreaterThan(0)
      expect(turn.beatsLeft).toBeLessThanOrEqual(4 * any.bars)
      const over = Math.round(beat + turn.beatsLeft)
      expect(turnAt(any, over)?.person).toBe(turn.next)
      const endless = { ...any, end: undefined } as unknown as Trade
      const round = any.order.map((_, at) => turnAt(endless, turn.beat + at * 4 * any.bars)?.person)
      expect(round.toSorted()).toEqual([...any.order].sort())
    }),
  )
})

test('how long it is until one’s turn is how long it is until then', () => {
  fc.assert(
    fc.property(anyTrade, anyBeat, fc.constantFrom(...PEOPLE), (any, beat, person) => {
      const beats = beatsUntilTurn(any, person, beat)

      if (beats === undefined) {
        const lasts = Array.from({ length: 200 }, (_, at) => Math.max(0, beat) + 4 * at)
        const end = any.end ?? (any.order.includes(person) ? Infinity : 0)
        expect(whose(any, ...lasts.filter((each) => each < end))).not.toContain(person)
        return
      }
      expect(beats).toBeGreaterThanOrEqual(0)
      expect(turnAt(any, beats === 0 ? beat : Math.round(beat + beats))?.person).toBe(person)
      if (beats > 4) expect(turnAt(any, beat + beats - 4)?.person).not.toBe(person)
    }),
  )
  expect(beatsUntilTurn(trade, 'cy', 20.5)).toBe(11.5)
  expect(beatsUntilTurn(trade, 'ana', 0)).toBe(16)
  expect(beatsUntilTurn({ ...trade, end: 32 }, 'cy', 20)).toBeUndefined()
})

test('[TRADE5] when others go or come the one in the spotlight keeps it to the end of the turn, and the rest follow in their order', () => {
  fc.assert(
    fc.property(anyTrade, anyBeat, fc.shuffledSubarray(PEOPLE), (any, beat, people) => {
      const next = withPeople(any, people, beat)
      if (people.length < 2) {
        expect(next).toBeUndefined()
        return
      }
      expect(next?.order.toSorted()).toEqual([...people].sort())
      const before = turnAt(any, beat)
      if (before === undefined || next === undefined) return
      const after = turnAt(next, beat)
      expect(after?.beatsLeft).toBe(before.beatsLeft)
      if (people.includes(before.person)) expect(after?.person).toBe(before.person)
      // Written twice, by two who both saw it, or a little later, it is the same.
      expect(whose(withPeople(next, people, beat + 0.5) ?? next, beat + 9)).toEqual(
        whose(next, beat + 9),
      )
    }),
  )
})

test('[TRADE5] whoever goes amid their turn leaves it to the next one, and who is new comes last', () => {
  const gone = withPeople(trade, ['cy', 'ana', 'di'], 25)

  expect(gone).toEqual({ ...trade, order: ['cy', 'ana', 'di'], beat: 24 })
  expect(withPeople(trade, ['cy', 'bo', 'ana'], 25)).toBe(trade)
  expect(withPeople(trade, ['ana', 'bo', 'cy', 'di'], 3)).toEqual({
    ...trade,
    order: ['ana', 'bo', 'cy', 'di'],
  })
  expect(withPeople(trade, ['ana'], 25)).toBeUndefined()
})
