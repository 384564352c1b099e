import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellOf, createSheetStage, type SheetStage } from './sheet-stage.ts'

const PEOPLE = 4
const [ANA, BO, CY] = [0, 1, 2] as const
const CELL = cellOf(3, 60)

test('[SYNC11] a note written on the old sheet while another began a new one is on the new one', () => {
  const stage = createSheetStage(2, clientIds())
  stage.write(ANA, cellOf(0, 60), 228)
  stage.meetAll()

  stage.write(BO, CELL, 200)
  stage.compact(ANA)
  stage.meetAll()

  expect(stage.shown(ANA)).toEqual({ [cellOf(0, 60)]: 228, [CELL]: 200 })
  expect(stage.shown(BO)).toEqual(stage.shown(ANA))
})

test('[SYNC11] a note taken away meanwhile stays away', () => {
  const stage = createSheetStage(2, clientIds())
  stage.write(ANA, CELL, 228)
  stage.meetAll()

  stage.write(BO, CELL, 0)
  stage.compact(ANA)
  stage.meetAll()

  expect(stage.shown(ANA)).toEqual({})
})

test('[SYNC11] two who begin a track at once have both their notes', () => {
  const stage = createSheetStage(2, clientIds())

  stage.write(ANA, cellOf(0, 60), 228)
  stage.write(BO, CELL, 200)
  stage.meetAll()

  expect(stage.shown(ANA)).toEqual({ [cellOf(0, 60)]: 228, [CELL]: 200 })
})

test('[SYNC11] of two sheets begun apart neither takes along what was written before the other', () => {
  const stage = createSheetStage(3, clientIds())
  stage.write(ANA, cellOf(0, 60), 228)
  stage.write(ANA, cellOf(1, 60), 228)
  stage.meetAll()
  stage.part(ANA, BO)

  stage.write(ANA, cellOf(2, 60), 201)
  stage.write(ANA, cellOf(0, 60), 0)
  stage.compact(ANA)
  stage.write(BO, CELL, 202)
  stage.write(BO, cellOf(1, 60), 0)
  stage.compact(BO)
  stage.meetAll()

  for (const who of [ANA, BO, CY]) {
    expect(stage.shown(who)).toEqual({ [cellOf(2, 60)]: 201, [CELL]: 202 })
  }
})

test('[SYNC11] what somebody wrote who has left is brought over by whoever has it', () => {
  const stage = createSheetStage(3, clientIds())
  stage.write(ANA, cellOf(0, 60), 228)
  stage.meetAll()

  stage.write(BO, CELL, 200)
  stage.deliver(BO, CY, 0)
  stage.part(BO, ANA)
  stage.part(BO, CY)
  stage.compact(ANA)
  for (const choice of [0, 0, 0]) stage.deliver(ANA, CY, choice)
  for (const choice of [0, 0, 0]) stage.deliver(CY, ANA, choice)

  expect(stage.shown(ANA)).toEqual({ [cellOf(0, 60)]: 228, [CELL]: 200 })
})

test('[SYNC11] what was written on a sheet that falls as it comes is brought over', () => {
  const stage = createSheetStage(3, clientIds())
  stage.write(ANA, cellOf(0, 60), 228)
  stage.deliver(ANA, BO, 0)
  stage.write(BO, CELL, 200)
  stage.compact(ANA)
  stage.part(CY, BO)

  stage.deliverAll(CY)

  expect(stage.shown(CY)).toEqual({ [cellOf(0, 60)]: 228, [CELL]: 200 })
})

test('[SYNC11] where somebody took a sheet away the next change begins another', () => {
  const stage = createSheetStage(2, clientIds())
  stage.write(ANA, CELL, 228)
  stage.meetAll()
  stage.vandalise(BO)
  stage.meetAll()
  expect(stage.shown(ANA)).toEqual({})

  stage.write(ANA, cellOf(0, 60), 200)
  stage.meetAll()

  expect(stage.shown(BO)).toEqual({ [cellOf(0, 60)]: 200 })
})

test('[SYNC11] what was brought over for somebody and then taken away does not come back', () => {
  const stage = createSheetStage(4, clientIds(0))
  stage.write(BO, cellOf(0, 61), 0)
  stage.write(ANA, CELL, 228)
  stage.reload(ANA)
  stage.meetAll()

  stage.write(ANA, CELL, 0)
  stage.reload(ANA)
  stage.compact(ANA)
  stage.meetAll()

  expect(stage.shown(CY)).toEqual({})
})

type Move =
  | { readonly move: 'write'; readonly who: number; readonly step: number; readonly value: number }
  | { readonly move: 'deliver'; readonly who: number; readonly to: number; readonly which: number }
  | { readonly move: 'compact' | 'reload'; readonly who: number }
  | { readonly move: 'part'; readonly who: number; readonly to: number }
  | { readonly move: 'pass'; readonly who: number; readonly ms: number }
  | { readonly move: 'meet' }

const person = fc.nat({ max: PEOPLE - 1 })
const MAX_STEP = 2
const step = fc.nat({ max: MAX_STEP })
const value = fc.oneof(fc.constant(0), fc.integer({ min: 129, max: 255 }))
const write = fc.record({ move: fc.constant('write' as const), who: person, step, value })
const deliver = fc.record({
  move: fc.constant('deliver' as const),
  who: person,
  to: person,
  which: fc.nat({ max: 20 }),
})
const rare: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ move: fc.constantFrom('compact' as const, 'compact', 'reload'), who: person }),
  fc.record({ move: fc.constant('part' as const), who: person, to: person }),
  fc.record({ move: fc.constant('pass' as const), who: person, ms: fc.nat({ max: 6000 }) }),
  fc.constant({ move: 'meet' } as const),
)
/** A page that is loaded anew writes as somebody else, who must have had time to meet the others before the next. */
const isOften = (move: Move, at: number, all: readonly Move[]): boolean =>
  move.move === 'reload' &&
  all.findIndex((other) => other.move === 'reload' && other.who === move.who) < at
const moves = fc
  .array<Move>(
    fc.oneof(
      { arbitrary: write, weight: 4 },
      { arbitrary: deliver, weight: 6 },
      { arbitrary: rare, weight: 3 },
    ),
    { maxLength: 60, size: 'max' },
  )
  .map((all) => all.filter((move, at) => !isOften(move, at, all)))

/** Each person writes in a row of their own, so that it is plain what must stand there in the end. */
const rowOf = (who: number, at: number): string => cellOf(at, 60 + who)

function make(stage: SheetStage, move: Move, row = rowOf): void {
  if (move.move === 'write') stage.write(move.who, row(move.who, move.step), move.value)
  else if (move.move === 'deliver') stage.deliver(move.who, move.to, move.which)
  else if (move.move === 'compact') stage.compact(move.who)
  else if (move.move === 'reload') stage.reload(move.who)
  else if (move.move === 'part') stage.part(move.who, move.to)
  else if (move.move === 'pass') stage.pass(move.who, move.ms)
  else stage.meetAll()
}

test('[SYNC11] whatever happens in whatever order, the last word of each stands, for all', () => {
  fc.assert(
    fc.property(moves, fc.nat({ max: 1000 }), (all, salt) => {
      const stage = createSheetStage(PEOPLE, clientIds(salt))

      for (const move of all) make(stage, move)
      stage.meetAll()

      const told = all.flatMap((move) =>
        move.move === 'write' ? [[rowOf(move.who, move.step), move.value] as const] : [],
      )
      const standing = [...new Map(told)].filter(([, last]) => last !== 0).sort()
      for (let who = 0; who < PEOPLE; who++) {
        expect(stage.shown(who)).toEqual(Object.fromEntries(standing))
      }
    }),
    { numRuns: 150 },
  )
})

test('[SYNC11] where all write in the same places, the word of one of them stands, for all', () => {
  fc.assert(
    fc.property(moves, fc.nat({ max: 1000 }), (all, salt) => {
      const stage = createSheetStage(PEOPLE, clientIds(salt))

      for (const move of all) make(stage, move, (_who, at) => cellOf(at, 60))
      stage.meetAll()

      const shown = stage.shown(ANA)
      for (let who = 1; who < PEOPLE; who++) expect(stage.shown(who)).toEqual(shown)
      for (let at = 0; at <= MAX_STEP; at++) {
        const words = all.flatMap((move) =>
          move.move === 'write' && move.step === at ? [move.value] : [],
        )
        expect([0, ...words]).toContain(shown[cellOf(at, 60)] ?? 0)
      }
    }),
    { numRuns: 150 },
  )
})

/** Different numbers whose order says nothing. */
function clientIds(salt = 1): () => number {
  let n = 0
  return () => ((salt * 31 + (n += 1)) * 7919) % 104_729
}
