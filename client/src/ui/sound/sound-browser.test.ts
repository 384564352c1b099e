import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soundOf, type Preset } from '../../sequence/presets/preset.ts'
import { PRESETS } from '../../sequence/presets/presets.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, point, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { goalOf } from './browser-keys.ts'
// Fetched at once, so that no test waits for it.
import './SoundBrowser.vue'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => session.song.read().tracks[0]?.sound ?? INITIAL_SOUND
const presets = (family: Preset['family']): readonly Preset[] =>
  PRESETS.filter((preset) => preset.family === family)
const first = (family: Preset['family']): Preset => {
  const [found] = presets(family)
  if (found === undefined) throw new Error(`there must be a sound of the kind ${family}`)
  return found
}
const names = (): (string | undefined)[] =>
  [...screen.root.querySelectorAll('[role=option] .name')].map(({ textContent }) => textContent)
const list = (): HTMLElement => screen.role('listbox', 'Sounds')
const header = (): HTMLElement => {
  const found = screen.root.querySelector<HTMLElement>('[aria-label^="Sounds: "]')
  if (found === null) throw new Error('there must be the name of the sound')
  return found
}
const option = (name: string): HTMLElement => {
  const options = [...screen.root.querySelectorAll<HTMLElement>('[role=option]')]
  const found = options.find((each) => each.querySelector('.name')?.textContent === name)
  if (found === undefined) throw new Error(`there must be a sound "${name}"`)
  return found
}
async function browse(): Promise<void> {
  await click(header())
  await vi.waitFor(list)
}
async function kind(name: string): Promise<void> {
  const kinds = [...screen.role('group', 'Kinds of sound').querySelectorAll('button')]
  const found = kinds.find(({ textContent }) => textContent.trim() === name)
  if (found === undefined) throw new Error(`there must be a kind "${name}"`)
  await click(found)
}

test('arrow keys walk through the sounds, and each is heard at once by me alone', async () => {
  session.play()
  await browse()
  expect(document.activeElement).toBe(list())
  await kind('Bass')

  await press(list(), 'ArrowRight')
  await press(list(), 'ArrowRight')

  const [one, two] = presets('bass')
  expect(session.tried.map((each) => each?.sound)).toEqual(
    [one, two].map((preset) => preset && soundOf(preset)),
  )
  expect(option(two?.name ?? '').getAttribute('aria-selected')).toBe('true')
  expect(list().getAttribute('aria-activedescendant')).toBe(option(two?.name ?? '').id)
  expect(session.song.read().tracks).toEqual([])
  // The loop itself is heard.
  expect(session.auditioned).toEqual([])
})

test('Home, End and the keys of a page walk far', async () => {
  await browse()
  await kind('Bass')
  const basses = presets('bass')
  const isActive = (at: number): boolean =>
    option(basses.at(at)?.name ?? '').getAttribute('aria-selected') === 'true'

  expect((await press(list(), 'End')).defaultPrevented).toBe(true)
  expect(isActive(-1)).toBe(true)
  await press(list(), 'PageUp')
  expect(isActive(-1)).toBe(false)
  await press(list(), 'Home')
  expect(isActive(0)).toBe(true)
  await press(list(), 'PageUp')
  expect(isActive(0)).toBe(true)
})

test('while the song stands a note lets me hear it, deep for a bass', async () => {
  await browse()
  await kind('Bass')
  await press(list(), 'ArrowDown')
  expect(session.auditioned).toEqual([36])

  await kind('Lead')
  await press(list(), 'ArrowDown')
  expect(session.auditioned).toEqual([36, 60])
})

test('it is the first note of my own loop, if there is one', async () => {
  session.toggleNote(session.myTrackId.read(), 0, 55)
  await nextTick()
  await browse()

  await press(list(), 'ArrowDown')

  expect(session.auditioned).toEqual([55])
})

test('Enter takes the sound, closes the list and tells of it; Undo brings back what was', async () => {
  session.setParam(session.myTrackId.read(), 'cutoffHz', 777)
  await nextTick()
  await browse()
  await kind('Pad')
  await press(list(), 'ArrowDown')

  await press(list(), 'Enter')

  const pad = first('pad')
  expect(sound()).toMatchObject(soundOf(pad))
  expect(session.tried.at(-1)).toBe(undefined)
  expect(screen.has('listbox', 'Sounds')).toBe(false)
  expect(document.activeElement).toBe(header())
  expect(screen.text()).toContain(`Sound: ${pad.name}`)
  expect(header().textContent.trim()).toBe(pad.name)
  await click(screen.button('Undo'))
  expect(sound()).toEqual({ ...INITIAL_SOUND, cutoffHz: 777 })
})

test('what belongs to the mix and to the arpeggiator stays as it is', async () => {
  const mine = session.myTrackId.read()
  session.setSound(mine, { volume: 0.31, pan: -0.5, muted: 'on', arp: 'on' })
  await nextTick()
  await browse()
  await press(list(), 'ArrowDown')
  await press(list(), 'Enter')

  expect(sound()).toMatchObject({ volume: 0.31, pan: -0.5, muted: 'on', arp: 'on' })
})

test('Escape leaves everything as it was', async () => {
  session.play()
  await browse()
  await press(list(), 'ArrowDown')
  expect(session.tried).toHaveLength(1)

  await press(list(), 'Escape')
  await nextTick()

  expect(session.tried.at(-1)).toBe(undefined)
  expect(session.tried).toHaveLength(2)
  expect(session.song.read().tracks).toEqual([])
  expect(screen.has('slider', 'Cutoff')).toBe(true)
})

test('a section that is opened instead ends the trial too', async () => {
  session.play()
  await browse()
  await press(list(), 'ArrowDown')

  await click(screen.role('tab', 'Basics'))

  expect(session.tried.at(-1)).toBe(undefined)
})

test('a mouse hears where it rests, not where it passes, and takes with a click', async () => {
  session.play()
  await browse()
  await kind('Keys')
  const [one, two] = presets('keys')
  vi.useFakeTimers()
  const over = async (name: string): Promise<void> =>
    point(option(name), 'pointerenter', { x: 0, y: 0 }, { bubbles: false })

  await over(one?.name ?? '')
  await over(two?.name ?? '')
  vi.advanceTimersByTime(1000)
  vi.useRealTimers()
  expect(session.tried.map((each) => each?.sound)).toEqual([two && soundOf(two)])
  await click(option(two?.name ?? ''))

  expect(sound()).toMatchObject(two ? soundOf(two) : {})
})

test('a finger hears with the first tap and takes with the second', async () => {
  session.play()
  await browse()
  const { name } = first('bass')
  const touch = { bubbles: false, pointerType: 'touch' }

  await point(option(name), 'pointerenter', { x: 0, y: 0 }, touch)
  expect(session.tried).toEqual([])
  await click(option(name))
  expect(session.tried).toHaveLength(1)
  expect(session.song.read().tracks).toEqual([])

  await click(option(name))
  expect(sound()).toMatchObject(soundOf(first('bass')))
})

test('a name or a kind is searched among all, and what is typed on the list goes there', async () => {
  await browse()
  await kind('Pad')
  await press(list(), 'n')
  expect(document.activeElement).toBe(screen.field('Search sounds'))

  await type(screen.field('Search sounds'), first('bell').name.slice(0, 6).toUpperCase())
  expect(names()).toContain(first('bell').name)
  await type(screen.field('Search sounds'), 'pluck')
  expect(names()).toEqual(presets('pluck').map(({ name }) => name))
  await press(screen.field('Search sounds'), 'ArrowDown')
  await press(screen.field('Search sounds'), 'Enter')
  expect(sound()).toMatchObject(soundOf(first('pluck')))
})

test('a search that finds nothing says so', async () => {
  await browse()

  await type(screen.field('Search sounds'), 'qqqq')

  expect(names()).toEqual([])
  expect(screen.text()).toContain('No sound is called that.')
})

test.each([
  ['ArrowDown', undefined, 0],
  ['ArrowDown', 2, 7],
  ['ArrowUp', 7, 2],
  ['ArrowRight', 2, 3],
  ['ArrowLeft', 0, -1],
  ['a', 2, undefined],
])('in five columns %s leads from %s to %s', (key, at, goal) => {
  expect(goalOf(key, at, 5, 99)).toBe(goal)
})
