import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

test('play becomes stop, for everybody', async () => {
  await click(screen.button('Play'))
  expect(session.transport.read().playing).toBe(true)

  await click(screen.button('Stop'))
  expect(session.transport.read().playing).toBe(false)
  expect(screen.has('button', 'Play')).toBe(true)
})

test.each([
  ['97', 97],
  ['500', 240],
  ['3', 40],
  ['100.6', 101],
])('a tempo typed as %s becomes %i', async (typed, bpm) => {
  await type(screen.field('Tempo'), typed)

  expect(session.transport.read().bpm).toBe(bpm)
  expect(screen.field('Tempo').value).toBe(String(bpm))
})

test('a tempo that is no number leaves the one that stands', async () => {
  await type(screen.field('Tempo'), '')

  expect(session.transport.read().bpm).toBe(120)
  expect(screen.field('Tempo').value).toBe('120')
})

test('slower and faster go by one, up to the ends of the range', async () => {
  await click(screen.button('Faster'))
  expect(session.transport.read().bpm).toBe(121)
  await type(screen.field('Speed'), '40')

  expect(session.transport.read().bpm).toBe(40)
  expect(screen.button('Slower').disabled).toBe(true)
})

test("somebody else's tempo is shown", async () => {
  session.setTempo(88)
  await nextTick()

  expect(screen.field('Tempo').value).toBe('88')
})

test('steps, root and scale are chosen from all that there are', async () => {
  await type(screen.field('Steps'), '32')
  await type(screen.field('Root'), '2')
  await type(screen.field('Scale'), 'dorian')

  expect(session.song.read()).toMatchObject({ stepCount: 32, root: 2, scale: 'dorian' })
  expect(screen.field('Scale').querySelectorAll('option')).toHaveLength(16)
  expect(screen.field('Root').querySelectorAll('option')).toHaveLength(12)
})

test('the loudness of this device is its own', async () => {
  const [slider] = screen.root.querySelectorAll<HTMLInputElement>(
    '[aria-label="Loudness on this device"]',
  )
  if (slider === undefined) throw new Error('there must be a loudness slider, and is none')

  await type(slider, '0.25')

  expect(session.outputVolume.read()).toBe(0.25)
})

test('Space plays and stops from anywhere on the page', async () => {
  await press(document.body, ' ')
  expect(session.transport.read().playing).toBe(true)

  await press(document.body, ' ')
  expect(session.transport.read().playing).toBe(false)
})

test('Space is a letter while somebody types', async () => {
  const event = await press(screen.field('Message'), ' ')

  expect(session.transport.read().playing).toBe(false)
  expect(event.defaultPrevented).toBe(false)
})

test('Space on a button that was clicked means the music, on one reached by keys the button', async () => {
  const leave = screen.button('Leave')
  leave.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  expect((await press(leave, ' ')).defaultPrevented).toBe(true)
  expect(session.transport.read().playing).toBe(true)

  await press(leave, 'Tab')
  expect((await press(leave, ' ')).defaultPrevented).toBe(false)
  expect(session.transport.read().playing).toBe(true)
})

test('with a song of a newer Beatcord the transport stands still', async () => {
  session.writable.set('newer-song')
  await nextTick()

  await press(document.body, ' ')

  expect(screen.button('Play').disabled).toBe(true)
  expect(session.transport.read().playing).toBe(false)
})
