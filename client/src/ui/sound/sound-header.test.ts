import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soundOf, type Preset } from '../../sequence/presets/preset.ts'
import { PRESETS } from '../../sequence/presets/presets.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { neighbourOf, presetOf, surprise } from './preset-bank.ts'

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
const header = (): HTMLElement => {
  const found = screen.root.querySelector<HTMLElement>('[aria-label^="Sounds: "]')
  if (found === null) throw new Error('there must be the name of the sound')
  return found
}

test('next and previous take one preset after the other, and each names itself', async () => {
  await click(screen.button('Next sound'))
  await vi.waitFor(() => expect(header().textContent.trim()).toBe(first('bass').name))
  expect(sound()).toMatchObject(soundOf(first('bass')))
  await click(screen.button('Next sound'))
  await vi.waitFor(() => expect(sound()).toMatchObject(soundOf(presets('bass')[1] ?? first('fx'))))

  await click(screen.button('Previous sound'))

  await vi.waitFor(() => expect(sound()).toMatchObject(soundOf(first('bass'))))
  // One notice at a time.
  expect(screen.button('Undo')).toBeDefined()
})

test('a preset that a knob has moved away from is still told by its name', async () => {
  await click(screen.button('Next sound'))
  await vi.waitFor(() => expect(header().textContent.trim()).toBe(first('bass').name))

  await press(screen.role('slider', 'Cutoff'), 'End')

  expect(header().textContent.trim()).toBe(`${first('bass').name}, changed`)
})

test('with another instrument it is told by that name no more', async () => {
  await click(screen.button('Next sound'))
  await vi.waitFor(() => expect(header().textContent.trim()).toBe(first('bass').name))

  await press(screen.role('slider', 'Cutoff'), 'End')
  await click(screen.button('Drums'))

  // A kit as it is, whatever the voices of the synth were like.
  expect(header().textContent.trim()).not.toContain(first('bass').name)
})

test('a kit is known whatever the synth was like before, and a synth whatever the kit', () => {
  const kit = { ...INITIAL_SOUND, waveform: 'glass', instrument: 'drums' } as const
  const bass = { ...INITIAL_SOUND, ...soundOf(first('bass')), kit: 'Velvet', kickDb: 3 } as const

  expect(presetOf(kit)?.family).toBe('drums')
  expect(presetOf(bass)).toBe(first('bass'))
})

test('a surprise is another sound, with a way back', async () => {
  await click(screen.button('Surprise me'))
  await vi.waitFor(() => expect(session.song.read().tracks).toHaveLength(1))
  expect(sound()).not.toEqual(INITIAL_SOUND)

  await click(screen.button('Undo'))

  expect(sound()).toEqual(INITIAL_SOUND)
})

test('a surprise keeps to the instrument and the kind', () => {
  const random = (): number => 0.5
  const pad = { ...INITIAL_SOUND, ...soundOf(first('pad')) }
  const kit = { ...INITIAL_SOUND, instrument: 'drums' } as const

  expect(presetOf(pad)).toBe(first('pad'))
  expect({ ...kit, ...surprise(kit, random) }.instrument).toBe('drums')
  expect({ ...pad, ...surprise(pad, random) }.instrument).toBe('synth')
})

test('after the last preset of an instrument comes the first', () => {
  const synths = PRESETS.filter(({ family }) => family !== 'drums')

  expect(neighbourOf(synths.at(-1), 'synth', 1)).toBe(synths[0])
  expect(neighbourOf(synths[0], 'synth', -1)).toBe(synths.at(-1))
  expect(neighbourOf(undefined, 'drums', 1)).toBe(first('drums'))
  expect(neighbourOf(synths[3], 'drums', 1)).toBe(first('drums'))
})

test('a listener cannot give a track another sound', async () => {
  session.writable.set('listening')
  await nextTick()

  for (const name of ['Next sound', 'Previous sound', 'Surprise me', 'Synth', 'Drums'])
    expect(screen.button(name).disabled).toBe(true)
  expect((header() as HTMLButtonElement).disabled).toBe(true)
})
