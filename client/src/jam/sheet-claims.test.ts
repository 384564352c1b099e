import { expect, test } from 'vitest'
import { broughtOf, broughtValue } from './sheet-brought.ts'
import { cellOf, createSheetStage, type SheetStage } from './sheet-stage.ts'

const [ANA, BO, CY, DEE] = [0, 1, 2, 3] as const
const CELL = cellOf(3, 60)
const OTHER = cellOf(7, 60)
const FAR = 2 ** 40

/** Ana and bo have a note each; cy's sheets claim what they like. */
function stage(): SheetStage {
  const made = createSheetStage(3, ids())
  made.write(ANA, CELL, 228)
  made.meetAll()
  made.write(BO, OTHER, 228)
  made.meetAll()
  return made
}

test.each([{ isAside: false }, { isAside: true }])(
  '[SYNC11] a sheet that claims to know changes of the future takes none of them away %o',
  ({ isAside }) => {
    const made = stage()
    made.forge(CY, ANA, { knows: FAR, isAside })
    made.meetAll()

    made.write(ANA, CELL, 300)
    made.write(ANA, OTHER, 301)
    made.meetAll()

    for (const who of [ANA, BO, CY]) {
      expect(made.shown(who)).toEqual({ [CELL]: 300, [OTHER]: 301 })
    }
  },
)

test.each([{ isAside: false }, { isAside: true }])(
  '[SYNC11] such a claim goes no further than the next sheet, nor to a page that is loaded anew %o',
  ({ isAside }) => {
    const made = stage()
    made.forge(CY, ANA, { knows: FAR, isAside })
    made.meetAll()
    made.compact(BO)
    made.meetAll()
    expect(made.claimed(BO, ANA)).toBeLessThan(100)
    made.reload(BO)

    made.write(ANA, CELL, 300)
    made.meetAll()

    expect(made.shown(BO)).toEqual({ [CELL]: 300, [OTHER]: 228 })
    expect(made.shown(ANA)).toEqual(made.shown(BO))
  },
)

test('[SYNC11] a page that has the sheet from the disk takes a new change for new', () => {
  const made = stage()
  made.forge(CY, ANA, { knows: FAR })
  made.meetAll()
  made.reload(BO)
  made.part(CY, BO)

  made.write(ANA, CELL, 300)
  made.deliver(ANA, BO, 0)
  made.meetAll()

  expect(made.shown(BO)[CELL]).toBe(300)
})

test('[SYNC11] a note that is said to be somebody’s change to come can be cleared', () => {
  const made = stage()
  const puts = cellOf(9, 60)
  made.forge(CY, ANA, { knows: FAR, puts })
  made.meetAll()
  expect(made.shown(BO)[puts]).toBe(228)

  made.clear(BO)
  made.meetAll()

  for (const who of [ANA, BO, CY]) expect(made.shown(who)).toEqual({})
})

test('[SYNC11] and stays when a new sheet begins', () => {
  const made = stage()
  const puts = cellOf(9, 60)
  made.forge(CY, ANA, { knows: FAR, puts })
  made.meetAll()

  made.compact(BO)
  made.meetAll()

  expect(made.shown(ANA)).toEqual({ [CELL]: 228, [OTHER]: 228, [puts]: 228 })
  expect(made.shown(BO)).toEqual(made.shown(ANA))
})

test('[SYNC11] an honest sheet that is ahead of us for a moment is believed as far as it was right', () => {
  const made = createSheetStage(3, ids())
  made.write(ANA, CELL, 228)
  made.meetAll()
  // Bo wrote, and took it away; cy hears of the sheet that knows of it first, and of the change itself afterwards.
  made.write(BO, OTHER, 200)
  made.deliver(BO, ANA, 0)
  made.write(ANA, OTHER, 0)
  made.compact(ANA)
  made.part(BO, CY)
  made.deliverAll(CY)
  made.meetAll()

  for (const who of [ANA, BO, CY]) expect(made.shown(who)).toEqual({ [CELL]: 228 })
})

function ids(): () => number {
  let n = 0
  return () => (n += 1) * 7919
}

test('[SYNC11] who hears that all was brought over before what was brought takes nothing away', () => {
  const made = createSheetStage(4, ids())
  const cells = [cellOf(1, 60), cellOf(2, 60), cellOf(3, 60)]
  for (const cell of cells) made.write(DEE, cell, 228)
  // Nobody is left who wrote these: whoever finds them missing brings them over.
  made.reload(DEE)
  // Written before the first sheet is heard of, and of the later page: this one will stay.
  made.write(ANA, OTHER, 228)
  made.deliver(ANA, BO, 0)
  made.deliver(DEE, ANA, 0)
  cells.forEach(() => {
    made.deliver(DEE, CY, 0)
  })
  // Ana brought one over; cy sees it, brings over the others, and says that this is all.
  made.deliverAll(CY)
  made.deliver(CY, BO, 0)
  cells.forEach(() => {
    made.deliver(DEE, BO, 0)
  })

  made.meetAll()

  const all = Object.fromEntries([...cells, OTHER].map((cell) => [cell, 228]))
  for (const who of [ANA, BO, CY, DEE]) expect(made.shown(who)).toEqual(all)
})

test('[SYNC11] what brought it over may be long here, or not be said at all', () => {
  expect(broughtOf('.brought/7/5', 1)).toEqual({ dot: { client: 7, clock: 5 }, rests: [] })
  expect(broughtOf('.brought/7/5', broughtValue(new Map([[8, 3]])))).toEqual({
    dot: { client: 7, clock: 5 },
    rests: [{ client: 8, clock: 3 }],
  })
  const tooMany = new Map(Array.from({ length: 65 }, (_, client) => [client, 0]))
  expect(broughtValue(tooMany)).toBeUndefined()
})

test.each([undefined, 0, 2, '1', {}, [8, '3'], [8, -1], [8, 0.5], Array(130).fill(1)])(
  '[SYNC11] a stranger’s word that does not read as one is none: %o',
  (value) => {
    expect(broughtOf('.brought/7/5', value)).toBeUndefined()
    expect(broughtOf('.brought/7', 1)).toBeUndefined()
  },
)
