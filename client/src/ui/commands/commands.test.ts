import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type, type Screen } from '../testing/screen.ts'
import { nextTick } from 'vue'

/** A part that is fetched takes its time on a busy machine. */
const PATIENT = { timeout: 10_000 }

let screen: Screen
let session: LocalSession
beforeEach(async () => ({ screen, session } = await openJam()))
afterEach(() => screen.close())

const pressWith = async (target: Element, key: string, more: KeyboardEventInit): Promise<void> => {
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }),
  )
  await nextTick()
}
const dialog = (): HTMLDialogElement | null => screen.root.querySelector('dialog')
async function opened(): Promise<HTMLDialogElement> {
  const found = await vi.waitUntil(dialog, PATIENT)
  await nextTick()
  return found
}
async function openPalette(): Promise<HTMLInputElement> {
  await pressWith(document.body, 'k', { ctrlKey: true })
  await opened()
  return screen.role('combobox') as HTMLInputElement
}
const mixer = (): Element | null => screen.root.querySelector('[aria-keyshortcuts=X]')
const options = (): readonly HTMLElement[] => [
  ...screen.root.querySelectorAll<HTMLElement>('[role=option]'),
]
const words = (): readonly (string | undefined)[] =>
  options().map((each) => each.querySelector('.words')?.textContent)
const chosen = (): string | undefined =>
  options().find((each) => each.getAttribute('aria-selected') === 'true')?.textContent

test('a command is found by some of its letters and done by Enter', async () => {
  const field = await openPalette()
  expect(dialog()?.open).toBe(true)

  await type(field, 'metro')
  expect(chosen()).toContain('Metronome on or off')
  expect(field.getAttribute('aria-activedescendant')).toBe(options()[0]?.id)
  await press(field, 'Enter')

  expect(session.click.read().metronome).toBe(true)
  expect(dialog()).toBeNull()
})

test('arrows walk what was found, round its ends, and nothing of it is done', async () => {
  const field = await openPalette()
  const all = words()

  await press(field, 'ArrowUp')
  expect(chosen()).toContain(all.at(-1))
  await press(field, 'ArrowDown')
  await press(field, 'ArrowDown')
  expect(chosen()).toContain(all[1])
  await press(field, 'PageUp')

  expect(chosen()).toContain(all[0])
  expect(session.transport.read().playing).toBe(false)
})

test('what was done last comes first, and says so', async () => {
  await type(await openPalette(), 'count-in')
  await press(screen.role('combobox'), 'Enter')

  await openPalette()

  expect(words()[0]).toBe('Count-in on or off')
  expect(options()[0]?.textContent).toContain('Lately')
})

test('what cannot be done now is not shown', async () => {
  await openPalette()
  expect(words()).toContain('Play or stop, for everybody')
  expect(words()).not.toContain('Clear the notes of the open track')
  await pressWith(screen.role('combobox'), 'k', { ctrlKey: true })
  expect(dialog()).toBeNull()

  session.toggleNote(session.myTrackId.read(), 0, 60)
  session.writable.set('listening')
  await nextTick()
  await openPalette()

  expect(words()).not.toContain('Play or stop, for everybody')
  expect(words()).not.toContain('Clear the notes of the open track')
  expect(words()).toContain('Metronome on or off')
})

test('without an answer it says that there is none', async () => {
  await type(await openPalette(), 'zzzz')

  expect(options()).toHaveLength(0)
  expect(dialog()?.textContent).toContain('No command of that name')
  expect(screen.role('combobox').hasAttribute('aria-activedescendant')).toBe(false)
})

test('a button opens it, a click does a command', async () => {
  await click(screen.button('Commands'))
  await opened()

  const found = options().find((each) => each.textContent.includes('Mixer'))
  if (found !== undefined) await click(found)

  expect(mixer()?.getAttribute('aria-pressed')).toBe('true')
})

test('it opens from where one types too, and no key of a letter does anything there or in it', async () => {
  await press(screen.field('Message'), 'x')
  await press(screen.field('Message'), '.')
  await pressWith(screen.field('Message'), 'k', { metaKey: true })
  await opened()
  await press(screen.role('combobox'), 'x')
  await press(dialog() ?? document.body, ' ')

  expect(mixer()?.getAttribute('aria-pressed')).toBe('false')
  expect(session.panics()).toBe(0)
  expect(session.transport.read().playing).toBe(false)
})

test('a full stop silences this device, once for each press', async () => {
  await press(document.body, '.')
  await pressWith(document.body, '.', { repeat: true })

  expect(session.panics()).toBe(1)
})

test('with Control it does so from where a full stop is typed too', async () => {
  await press(screen.field('Cutoff'), '.')
  await press(screen.field('Message'), '.')
  expect(session.panics()).toBe(0)

  await pressWith(screen.field('Message'), '.', { ctrlKey: true })
  await pressWith(screen.field('Cutoff'), '.', { metaKey: true })

  expect(session.panics()).toBe(2)
})

test('the sheet has every key of every command, and closes with its key', async () => {
  await press(document.body, '?')
  const sheet = await opened()

  expect(sheet.textContent).toContain('Keys')
  const rows = [...sheet.querySelectorAll('section:not(:last-child) .row')].map((row) => [
    row.querySelector('dt')?.textContent,
    row.querySelector('dd')?.textContent.trim(),
  ])
  expect(rows).toEqual([
    ['Play or stop, for everybody', 'Space'],
    ['Metronome on or off', 'M'],
    ['Tap the tempo', 'T'],
    ['Play by hand: keys, pads, MIDI', 'P'],
    ['Record what you play by hand', 'R'],
    ['Keep what I played by hand', 'CtrlEnter'],
    ['Panic: silence every voice and echo here', '.Ctrl.'],
    ['Undo what you did last', 'CtrlZ'],
    ['Redo', 'CtrlShiftZCtrlY'],
    ['Mixer, or back to the notes', 'X'],
    ['Find a command', 'CtrlK'],
    ['All keys', '?'],
  ])

  await press(sheet, '?')
  expect(dialog()).toBeNull()
})

test('each key that the sheet says the notes take is taken by them', async () => {
  const { ROLL_KEYS } = await import('./roll-key-words.ts')
  const signs: Readonly<Record<string, string>> = {
    '←': 'ArrowLeft',
    '→': 'ArrowRight',
    '↑': 'ArrowUp',
    '↓': 'ArrowDown',
    Space: ' ',
  }
  session.toggleNote(session.myTrackId.read(), 0, 60)
  await nextTick()
  for (const key of ROLL_KEYS.flatMap(({ chords }) => chords)) {
    const cell = screen.root.querySelector<HTMLElement>('[role=gridcell]') ?? document.body
    cell.focus()
    session.editNotes(session.myTrackId.read(), {
      remove: [],
      write: [0, 1, 15].map((step) => ({ step, pitch: 60, velocity: 80, length: 1 })),
    })
    await nextTick()

    await press(cell, 'a', { ctrlKey: true })

    const parts = key === '+' ? [key] : key.split('+')
    const [last = ''] = parts.slice(-1)
    const { defaultPrevented } = await press(cell, signs[last] ?? last, {
      ctrlKey: parts.includes('Ctrl'),
      altKey: parts.includes('Alt'),
      shiftKey: parts.includes('Shift'),
    })

    expect([key, defaultPrevented]).toEqual([key, true])
    await nextTick()
  }
})

test('a song that is open can be edited as a whole by its name', async () => {
  const track = session.myTrackId.read()
  session.toggleNote(track, 0, 60)
  await nextTick()

  await type(await openPalette(), 'an octave up')
  await press(screen.role('combobox'), 'Enter')

  await vi.waitUntil(() => session.song.read().tracks[0]?.patterns.a.has('0/72' as never), PATIENT)
  expect(session.song.read().tracks[0]?.patterns.a.size).toBe(1)
})
