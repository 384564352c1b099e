import { afterEach, beforeEach, expect, test } from 'vitest'
import { beatAt, withPlay, withStop } from '../clock/tempo-map.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import { turnAt } from '../sequence/trade-turns.ts'
import type { Trade } from '../sequence/trade.ts'
import type { Person } from './states.ts'
import { createTradeDesk } from './trade-desk.ts'

let stage: JamStage
let people: LiveSource<readonly Person[]>
beforeEach(() => {
  stage = createJamStage()
  people = createLive<readonly Person[]>([])
})
afterEach(() => stage.close())

const personOf = (id: string, role: Person['role'] = 'player'): Person => ({
  ...{ id, name: id.slice(0, 3), colour: 0, isMe: false, presence: 'here', role },
  ...{ link: 'direct', hears: true },
})

/** A page of each, with a note in the track of everybody, linked. */
async function jam(...ids: readonly (typeof ANA)[]) {
  const pages = []
  for (const id of ids) {
    const jammer = await stage.join(id)
    const { jam: joined, mesh, timers } = jammer
    const desk = createTradeDesk({
      ...{ jam: joined, mesh, timers, seated: people.read },
      isSeated: () => true,
      leads: { changeMs: () => 300 },
    })
    pages.push({ ...jammer, ...desk })
  }
  people.set(ids.map((id) => personOf(id)))
  stage.pass(6000)
  for (const { jam: joined, track } of pages) joined.verbs.toggleNote(track, 0, 60)
  stage.pass(500)
  return pages as unknown as readonly [Page, Page, ...Page[]]
}
type Page = Jammer & ReturnType<typeof createTradeDesk>

const tradeOf = ({ jam: { song } }: Page): Trade | undefined => song.read().trade
const nowOf = ({ jam: { clock }, timers }: Page): number => clock.sharedMsAt(timers.now())
const beatOf = (page: Page): number => beatAt(page.jam.transport.read(), nowOf(page))
const whoseOf = (page: Page): string | undefined => {
  const trade = tradeOf(page)
  return trade && turnAt(trade, beatOf(page))?.person
}
function play(page: Page): void {
  page.jam.setTransport(withPlay(page.jam.transport.read(), nowOf(page), 300, page.id))
  stage.pass(1000)
}
function stop(page: Page): void {
  page.jam.setTransport(withStop(page.jam.transport.read(), nowOf(page), 100, page.id))
  stage.pass(400)
}

test('[TRADE4] it begins with a bar that all have heard of, in the order of the tracks, and ends with one', async () => {
  const [ana, bo] = await jam(ANA, BO)
  play(ana)

  expect(bo.startTrade(1, true)).toBe(true)
  stage.pass(300)

  const trade = tradeOf(ana)
  expect(trade).toEqual({ bars: 1, order: [ANA, BO], isSilent: true, beat: 4 })
  expect(tradeOf(bo)).toEqual(trade)
  expect(whoseOf(ana)).toBeUndefined()
  stage.pass(2000)
  expect([whoseOf(ana), whoseOf(bo)]).toEqual([ANA, ANA])
  stage.pass(2000)
  expect([whoseOf(ana), whoseOf(bo)]).toEqual([BO, BO])
  ana.stopTrade()
  stage.pass(300)
  expect(tradeOf(bo)?.end).toBe(12)
  expect(whoseOf(bo)).toBe(BO)
  stage.pass(3000)
  expect([tradeOf(ana), tradeOf(bo)]).toEqual([undefined, undefined])
})

test('[TRADE4] while the song stands it begins and ends at once, and begins anew with every song', async () => {
  const [ana, bo] = await jam(ANA, BO)
  ana.startTrade(1, false)
  expect(tradeOf(ana)?.beat).toBe(0)
  play(bo)
  stage.pass(3000)
  expect(whoseOf(ana)).toBe(BO)
  ana.stopTrade()
  stop(ana)
  stage.pass(1500)
  expect(tradeOf(bo)).toBeUndefined()

  play(ana)
  stage.pass(9000)
  bo.startTrade(2, false)
  stage.pass(3000)
  expect(tradeOf(ana)?.beat).toBeGreaterThan(8)
  stop(bo)
  stage.pass(1500)
  expect(tradeOf(ana)?.beat).toBe(0)
  bo.stopTrade()
  expect(tradeOf(bo)).toBeUndefined()
})

test('[TRADE4] a song that begins anew before that was seen is not waited for', async () => {
  const [ana, bo] = await jam(ANA, BO)
  play(ana)
  stage.pass(20_000)
  ana.startTrade(1, false)
  stage.pass(3000)
  stop(ana)
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), nowOf(ana), 300, ANA))

  stage.pass(5000)

  expect(tradeOf(bo)?.beat).toBeLessThan(12)
  expect(whoseOf(bo)).toBeDefined()
})

test('[TRADE5] whoever has gone for good is taken out once, and whoever comes with a track is put last', async () => {
  const [ana, bo, cy] = (await jam(ANA, BO, CY)) as [Page, Page, Page]
  people.set([ANA, BO].map((id) => personOf(id)))
  ana.startTrade(1, false)
  play(ana)
  expect(tradeOf(bo)?.order).toEqual([ANA, BO])
  people.set([ANA, BO, CY].map((id) => personOf(id)))
  stage.pass(1200)
  expect(tradeOf(bo)?.order).toEqual([ANA, BO, CY])
  const first = whoseOf(cy)

  people.set([BO, CY].map((id) => personOf(id)))
  stage.pass(4000)

  expect(first).toBe(ANA)
  const left = tradeOf(cy)
  expect(left?.order.toSorted()).toEqual([BO, CY])
  const written = tradeOf(bo)
  stage.pass(5000)
  expect(tradeOf(bo)).toEqual(written)
  people.set([personOf(CY)])
  stage.pass(3000)
  expect(tradeOf(cy)).toBeUndefined()
})

test('[TRADE5] who is away keeps their turn, and so do all while this page has no seat', async () => {
  const [ana, bo] = await jam(ANA, BO)
  ana.startTrade(1, false)
  people.set([personOf(ANA), { ...personOf(BO), presence: 'away' }])
  stage.pass(4000)
  expect(tradeOf(bo)?.order).toEqual([ANA, BO])
  const unseated = createTradeDesk({
    ...{ jam: ana.jam, mesh: ana.mesh, timers: ana.timers, seated: people.read },
    isSeated: () => false,
    leads: { changeMs: () => 300 },
  })
  ana.close()
  bo.close()
  people.set([personOf(ANA)])
  stage.pass(4000)

  expect(tradeOf(ana)?.order).toEqual([ANA, BO])
  unseated.close()
})

test('[TRADE5] when the first in line does nothing the next one takes out who has gone', async () => {
  const [ana, bo, cy] = (await jam(ANA, BO, CY)) as [Page, Page, Page]
  bo.startTrade(1, false)
  stage.pass(300)
  const [lowest] = [ana, bo, cy].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  lowest?.close()
  people.set([ANA, BO, CY].filter((id) => id !== cy.id).map((id) => personOf(id)))

  stage.pass(4000)

  expect(tradeOf(bo)?.order.toSorted()).toEqual([ANA, BO].toSorted())
})

test('[TRADE6] a listener begins none and takes no turn, and alone nobody does', async () => {
  const [ana, bo] = await jam(ANA, BO)
  people.set([personOf(ANA), personOf(BO, 'listener')])
  expect(ana.tradePeople()).toEqual([ANA])
  expect(ana.startTrade(4, false)).toBe(false)
  people.set([personOf(ANA), personOf(BO)])
  stage.appoint(BO, 'listener')
  stage.pass(500)

  expect(bo.startTrade(4, false)).toBe(false)
  stage.pass(500)

  expect([tradeOf(ana), tradeOf(bo)]).toEqual([undefined, undefined])
})

test('[TRADE6] it is played, not written: undo leaves it alone', async () => {
  const [ana] = await jam(ANA, BO)
  const steps = ana.jam.history.read().length

  ana.startTrade(4, false)

  expect(ana.jam.history.read()).toHaveLength(steps)
  expect(tradeOf(ana)).toBeDefined()
})
