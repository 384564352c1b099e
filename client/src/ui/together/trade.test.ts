import { afterEach, beforeEach, expect, test } from 'vitest'
import { nextTick } from 'vue'
import type { Person } from '../../app/session-types.ts'
import type { Trade } from '../../sequence/trade.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { emptyTrack } from '../testing/local-song.ts'
import { meAs } from '../testing/local-people.ts'
import { click, openJam, press, shown, type Screen } from '../testing/screen.ts'
import { spotlightAt } from './useSpotlight.ts'

const TRADE: Trade = { bars: 2, order: ['me', 'bo'], isSilent: false, beat: 0 }
const BO: Person = {
  ...meAs('bo'),
  id: 'bo',
  isMe: false,
  colour: 1,
  role: 'player',
  link: 'direct',
}
const STRIP = 'Whose turn it is'

let nowMs = 0
let screen: Screen
let session: LocalSession
beforeEach(async () => {
  nowMs = 0
  ;({ screen, session } = await openJam({ now: () => nowMs }))
  session.people.set([...session.people.read(), BO])
  session.song.set({
    ...session.song.read(),
    tracks: [emptyTrack('my-track', 'me', 'ana', 0), emptyTrack('bobobobobobo', BO.id, 'bo', 1)],
  })
  await nextTick()
})
afterEach(() => screen.close())

/** At 120 beats a minute. */
async function hear(beat: number): Promise<void> {
  nowMs = beat * 500
  await new Promise(requestAnimationFrame)
  await nextTick()
}
const strip = (): string => screen.role('region', STRIP).textContent
async function trade(change: Partial<Trade> = {}): Promise<void> {
  session.song.set({ ...session.song.read(), trade: { ...TRADE, ...change } })
  await shown(() => screen.has('region', STRIP))
}

test('bars for each and how the others are is chosen, who takes turns is seen, and it is started and stopped', async () => {
  await click(screen.button('Take turns'))
  await shown(() => screen.has('button', 'Start'))
  const order = screen.root.querySelector('ol')?.textContent
  expect(order).toContain('You')
  expect(order).toContain('bo')

  await click(screen.field('2'))
  await click(screen.field('silent'))
  await click(screen.button('Start'))

  expect(session.song.read().trade).toEqual({ ...TRADE, order: ['me', BO.id], isSilent: true })
  expect(screen.has('button', 'Start')).toBe(false)
  await shown(() => screen.has('region', STRIP))
  await click(screen.button('Stop taking turns'))
  expect(session.song.read().trade).toBeUndefined()
  await nextTick()
  expect(screen.has('region', STRIP)).toBe(false)
})

test('alone nobody takes turns, and it says what is missing', async () => {
  session.song.set({ ...session.song.read(), tracks: [] })
  await click(screen.button('Take turns'))
  await shown(() => screen.has('button', 'Start'))

  expect(screen.button('Start').disabled).toBe(true)
  expect(screen.text()).toContain('It takes two people')
  screen.field('2').focus()
  await press(screen.field('2'), 'Escape')
  expect(document.activeElement).toBe(screen.button('Take turns'))
})

test('it says whose turn it is and how long still, who is next, and when mine comes', async () => {
  await trade({ order: [BO.id, 'me'] })
  expect(strip()).toContain('Turns begin with the music')
  session.play()
  await hear(1)
  expect(strip()).toContain('bo’s turn')
  expect(strip()).toContain('2 bars left')
  expect(strip()).toContain('Your turn in 2 bars')
  await hear(5)
  expect(strip()).toContain('3 beats left')
  expect(strip()).toContain('Your turn in 1 bar')
  await hear(8)

  expect(strip()).toContain('Your turn')
  expect(strip()).toContain('Then bo')
})

test('my own turn is announced, and that it is next, and nothing of the turns of others', async () => {
  const cy = { ...BO, id: 'cy', name: 'cy' }
  session.people.set([...session.people.read(), cy])
  await trade({ order: [BO.id, cy.id, 'me'], bars: 1 })
  const status = screen.root.querySelector('.strip + [role=status]')
  session.play()
  const heard: (string | undefined)[] = []
  for (const beat of [1, 5, 9, 13]) {
    await hear(beat)
    heard.push(status?.textContent)
  }

  expect(heard).toEqual(['', 'Get ready: you are next', 'Your turn', ''])
})

test('the track and the head of whoever has it are marked, in words too', async () => {
  await trade({ order: [BO.id, 'me'] })
  session.play()
  await hear(1)
  const bos = screen.role('region', 'Track of bo')
  const mine = screen.role('region', 'Your track')

  expect(bos.classList.contains('lit')).toBe(true)
  expect(bos.textContent).toContain('in the spotlight')
  expect(mine.classList.contains('lit')).toBe(false)
  const head = screen.root.querySelector(`[data-person="${BO.id}"].lit`)
  expect(head?.textContent).toContain('in the spotlight')
  await hear(9)

  expect(screen.role('region', 'Your track').classList.contains('lit')).toBe(true)
  expect(screen.role('region', 'Track of bo').classList.contains('lit')).toBe(false)
})

test('who only listens sees whose turn it is, and can neither start nor stop it', async () => {
  session.writable.set('listening')
  await trade()

  expect(screen.button('Take turns').disabled).toBe(true)
  expect(screen.role('region', STRIP).querySelector('button')).toBeNull()
})

test('what is shown ends with the turns, and before the first one counts its beats', () => {
  expect(spotlightAt({ ...TRADE, beat: 16 }, 13, 'bo')).toMatchObject({
    ...{ person: undefined, next: 'me', beatsLeft: 3, barsUntilMine: 3 },
  })
  expect(spotlightAt({ ...TRADE, end: 12 }, 10, 'me')).toMatchObject({
    ...{ person: 'bo', next: undefined, beatsLeft: 2, barsUntilMine: undefined },
  })
  expect(spotlightAt({ ...TRADE, end: 12 }, 12, 'me')).toBeUndefined()
})
