import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Note } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { nudgeWords } from './nudge-words.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  screen.role('gridcell').focus()
  await press(screen.role('gridcell'), 'Enter')
  await nextTick()
})
afterEach(() => screen.close())

const note = (): Note | undefined => session.song.read().tracks[0]?.patterns.a.values().next().value
const hasExtras = (): boolean => screen.has('group', 'More about this note')
async function openExtras(): Promise<void> {
  await click(screen.button('More about this note'))
  await vi.waitFor(() => expect(hasExtras()).toBe(true))
}

test('the rest of a note is there when it is asked for', async () => {
  expect(hasExtras()).toBe(false)

  await openExtras()
  expect(screen.button('More about this note').getAttribute('aria-expanded')).toBe('true')

  await click(screen.button('More about this note'))
  expect(hasExtras()).toBe(false)
})

test('chance and nudge of a note are set, and said in words', async () => {
  await openExtras()

  await type(screen.field('Chance'), '75')
  await type(screen.field('Nudge'), '-12')

  expect(note()).toMatchObject({ chance: 75, nudge: -12 })
  expect(screen.field('Chance').getAttribute('aria-valuetext')).toBe('75 %')
  expect(screen.field('Nudge').getAttribute('aria-valuetext')).toBe('1/4 step early')
})

test('a double click on the nudge puts the note back on its step', async () => {
  await openExtras()
  await type(screen.field('Nudge'), '5')

  screen.field('Nudge').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await nextTick()

  expect(note()?.nudge).toBe(0)
})

test('a ratchet, an accent and a flam are buttons that stay pressed', async () => {
  await openExtras()
  expect(screen.button('Struck once').getAttribute('aria-pressed')).toBe('true')

  await click(screen.button('Struck 3 times'))
  await click(screen.button('Accent'))
  await click(screen.button('Flam'))
  expect(note()).toMatchObject({ ratchet: 3, accent: true, flam: true })
  for (const name of ['Struck 3 times', 'Accent', 'Flam'])
    expect(screen.button(name).getAttribute('aria-pressed')).toBe('true')

  await click(screen.button('Accent'))
  expect(note()?.accent).toBe(false)
})

test('while it is closed one sees that a note is special, until it is so no more', async () => {
  expect(screen.has('button', 'More about this note')).toBe(true)

  session.setNote(session.myTrackId.read(), 0, 60, { chance: 50 })
  await nextTick()
  expect(screen.has('button', 'More about this note, something is set')).toBe(true)

  session.setNote(session.myTrackId.read(), 0, 60, { chance: 100 })
  await nextTick()
  expect(screen.has('button', 'More about this note')).toBe(true)
})

test.each([
  [0, 'on the step'],
  [12, '1/4 step late'],
  [-24, '1/2 step early'],
  [16, '1/3 step late'],
  [5, '5/48 step late'],
  [-1, '1/48 step early'],
])('a nudge of %i reads "%s"', (nudge, words) => {
  expect(nudgeWords(nudge)).toBe(words)
})

test('a stroke of a kit is told by its piece, and has no length', async () => {
  const mine = session.myTrackId.read()
  session.setChoice(mine, 'instrument', 'drums')
  session.removeNote(mine, note()?.step ?? 0, note()?.pitch ?? 0)
  await nextTick()
  screen.role('gridcell').focus()
  await press(screen.role('gridcell'), 'Enter')
  await nextTick()

  expect(screen.has('group', 'Length')).toBe(false)
  expect(screen.root.querySelector('.inspector .pitch')?.textContent).not.toMatch(/\d/)
})
