import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
let now: number
let frame: FrameRequestCallback | undefined
beforeEach(async () => {
  now = 0
  const frames = new Map<number, FrameRequestCallback>()
  let last = 0
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => {
    frames.set(++last, run)
    return last
  })
  vi.stubGlobal('cancelAnimationFrame', (which: number) => frames.delete(which))
  frame = (ms) => {
    const due = [...frames.values()]
    frames.clear()
    for (const run of due) run(ms)
  }
  const jam = await openJam({ now: () => now })
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

async function openTiming(): Promise<void> {
  await click(screen.button('Timing'))
  await vi.waitFor(() => screen.button('Tap'), 10_000)
}
async function showFrameAt(ms: number): Promise<void> {
  now = ms
  frame?.(ms)
  await nextTick()
}
/** A key press at a moment of the page's clock. */
async function pressAt(key: string, atMs: number, target: Element = document.body): Promise<void> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
  Object.defineProperty(event, 'timeStamp', { value: atMs })
  target.dispatchEvent(event)
  await nextTick()
}
function tapAt(atMs: number): void {
  const event = new PointerEvent('pointerdown', { bubbles: true })
  Object.defineProperty(event, 'timeStamp', { value: atMs })
  screen.button('Tap').dispatchEvent(event)
}

test('the tempo is tapped with a finger, from the third tap on', async () => {
  await openTiming()

  for (const atMs of [0, 600]) tapAt(atMs)
  await nextTick()
  expect(screen.text()).toContain('Keep tapping')
  expect(session.transport.read().bpm).toBe(120)
  tapAt(1200)
  await nextTick()

  expect(session.transport.read().bpm).toBe(100)
  expect(screen.text()).toContain('100 beats a minute')
})

test('T taps from anywhere on the page but where text is typed', async () => {
  for (const atMs of [0, 400, 800]) await pressAt('t', atMs)
  expect(session.transport.read().bpm).toBe(150)

  for (const atMs of [5000, 5300, 5600]) await pressAt('t', atMs, screen.field('Message'))

  expect(session.transport.read().bpm).toBe(150)
})

test('M switches the metronome, also from a switch', async () => {
  await press(document.body, 'm')
  expect(session.click.read().metronome).toBe(true)
  await openTiming()
  expect(screen.field('Metronome').checked).toBe(true)

  await press(screen.field('Count-in'), 'm')

  expect(session.click.read().metronome).toBe(false)
  expect(screen.field('Metronome').checked).toBe(false)
})

test('metronome, count-in and loudness are set apart from each other', async () => {
  await openTiming()

  await click(screen.field('Metronome'))
  await click(screen.field('Count-in'))
  await type(screen.field('Click loudness'), '0.25')

  expect(session.click.read()).toEqual({ metronome: true, countIn: true, level: 0.25 })
})

test('a glide is chosen among bars', async () => {
  await openTiming()
  expect(screen.field('At once').checked).toBe(true)

  await click(screen.field('4 bars'))

  expect(session.glideBars.read()).toBe(4)
  expect(screen.field('1 bar').checked).toBe(false)
})

test('Escape closes it and gives the focus back', async () => {
  await openTiming()
  screen.button('Tap').focus()

  await press(screen.button('Tap'), 'Escape')

  expect(screen.has('button', 'Tap')).toBe(false)
  expect(document.activeElement).toBe(screen.button('Timing'))
})

test('with a song of a newer Beatcord nobody taps, and the metronome is still one’s own', async () => {
  session.writable.set('newer-song')
  await openTiming()

  for (const atMs of [0, 400, 800]) await pressAt('t', atMs)
  await press(document.body, 'm')

  expect(screen.button('Tap').disabled).toBe(true)
  expect(session.transport.read().bpm).toBe(120)
  expect(session.click.read().metronome).toBe(true)
})

test('[CLK22] while the song is counted in the button counts four, three, two, one', async () => {
  session.setClick({ countIn: true })
  session.play()
  await nextTick()

  const shown: string[] = []
  for (const ms of [0, 499, 500, 1250, 1999, 2000]) {
    await showFrameAt(ms)
    shown.push(screen.button('Stop').textContent.trim())
  }

  expect(shown).toEqual(['4', '4', '3', '2', '1', 'Stop'])
})

test('while the song is counted in there is no playhead', async () => {
  session.setClick({ countIn: true })
  session.play()
  await nextTick()
  const bar = screen.root.querySelector<HTMLElement>('.playhead')

  await showFrameAt(1000)
  expect(bar?.hidden).toBe(true)
  await showFrameAt(2100)

  expect(bar?.hidden).toBe(false)
})

test('on the way to another tempo the one that is heard now is shown too', async () => {
  session.play()
  session.setTempo(90)
  session.glidingAt.set(104.4)
  await showFrameAt(100)
  expect(screen.text()).toContain('now 104')

  session.glidingAt.set(undefined)
  await showFrameAt(200)

  expect(screen.text()).not.toContain('now')
})

test('all tracks swing, and are even again', async () => {
  await openTiming()

  await choose(screen.field('Swing of all tracks'), '66')
  expect(session.song.read().swing).toBe(66)
  await choose(screen.field('Swing of all tracks'), '50')

  expect(session.song.read().swing).toBe(50)
})
