import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TrackId } from '../../sequence/song.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { BOS, CYS, openMixer } from '../testing/mixer-screen.ts'
import type { MixerScreen } from '../testing/mixer-screen.ts'
import { click, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

let mixer: MixerScreen
let screen: Screen
let session: LocalSession
beforeEach(async () => {
  mixer = await openMixer()
  screen = mixer.screen
  session = mixer.session
})
afterEach(() => screen.close())

const strip = (who: string): HTMLElement => mixer.strip(who)
const within = (region: HTMLElement, name: string): HTMLElement => {
  const found = region.querySelector<HTMLElement>(`[aria-label="${name}"]`)
  if (found === null) throw new Error(`there must be "${name}" in the strip, and is none`)
  return found
}
const soundOf = (id: TrackId): Partial<TrackSound> =>
  session.song.read().tracks.find((track) => track.id === id)?.sound ?? {}
const slider = (name: string): HTMLElement => screen.role('slider', name)
const onlyMe = () => click(screen.button('Only me'))

test('every track has a strip, in its owner’s colour, and so has all of it together', () => {
  expect(strip('your track').style.getPropertyValue('--person')).toBe('var(--person-0)')
  expect(strip('bo').style.getPropertyValue('--person')).toBe('var(--person-1)')
  expect(strip('cy').textContent).toContain('cy')
  expect(strip('all tracks').textContent).toContain('My speakers')
})

test('while the mixer is open the notes are out of sight, and X leads back to them', async () => {
  const desk = screen.root.querySelector<HTMLElement>('.desk')
  expect(desk?.dataset['pane']).toBe('mixer')

  await press(document.body, 'x')
  expect(screen.has('region', 'Mixer')).toBe(false)
  expect(desk?.dataset['pane']).toBe('notes')

  await press(document.body, 'x')
  expect(screen.has('region', 'Mixer')).toBe(true)
})

test('a button beside the tracks opens and closes the mixer, and so does its tab', async () => {
  const button = screen.root.querySelector<HTMLElement>('.mixer-toggle')
  const tab = [...screen.root.querySelectorAll<HTMLElement>('nav button')].find(
    ({ textContent }) => textContent.trim() === 'Mixer',
  )
  if (button === null || tab === undefined) throw new Error('both must be there')
  expect(button.getAttribute('aria-pressed')).toBe('true')
  await click(button)
  expect(screen.has('region', 'Mixer')).toBe(false)

  await click(tab)

  expect(screen.has('region', 'Mixer')).toBe(true)
  expect(tab.getAttribute('aria-current')).toBe('true')
})

test('a click on the name of a strip opens that track in the roll', async () => {
  const name = strip('bo').querySelector<HTMLElement>('button.name')
  if (name === null) throw new Error('a strip must have a name to click, and has none')
  await click(name)

  expect(screen.has('region', 'Mixer')).toBe(false)
  expect(screen.has('grid', 'Piano roll of bo')).toBe(true)
})

test('a fader says its decibels, and keys move it for everybody', async () => {
  const fader = slider("Volume, bo's track")
  expect(fader.getAttribute('aria-valuetext')).toBe('−3.1 dB')
  expect(fader.getAttribute('aria-orientation')).toBe('vertical')
  expect(fader.title).toMatch(/^−3\.1 dB\n/)

  await press(fader, 'End')
  expect(soundOf(BOS).volume).toBe(1)
  expect(fader.getAttribute('aria-valuetext')).toBe('0.0 dB')
  await press(fader, 'Home')
  expect(fader.getAttribute('aria-valuetext')).toBe('−∞ dB')
  await press(fader, 'Delete')
  expect(soundOf(BOS).volume).toBe(0.7)
  expect((await press(fader, 'q')).defaultPrevented).toBe(false)
})

test('a double click brings a slider back to where it usually stands', async () => {
  const pan = slider("Pan, bo's track")
  await press(pan, 'End')
  expect(pan.getAttribute('aria-valuetext')).toBe('100 right')

  pan.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))
  await nextTick()

  expect(soundOf(BOS).pan).toBe(0)
  expect(pan.getAttribute('aria-valuetext')).toBe('middle')
})

test('a hand moves a slider from where it stands, with Shift more finely, and what it moved is written at once', async () => {
  const echo = slider("Echo, bo's track")
  const way = echo.querySelector('.way')
  if (way === null) throw new Error('a slider must have a way, and has none')
  Object.defineProperty(way, 'clientWidth', { value: 100 })

  await point(echo, 'pointerdown', { x: 500, y: 0 }, { button: 0 })
  await point(echo, 'pointermove', { x: 540, y: 0 })
  expect(soundOf(BOS).echo).toBeCloseTo(0.4)
  await point(echo, 'pointermove', { x: 590, y: 0 }, { shiftKey: true })
  expect(soundOf(BOS).echo).toBeCloseTo(0.5)
  const settled = session.settled()
  await point(echo, 'pointerup', { x: 590, y: 0 })
  await point(echo, 'pointermove', { x: 700, y: 0 })

  expect(soundOf(BOS).echo).toBeCloseTo(0.5)
  expect(session.settled()).toBe(settled + 1)
})

test('a fader goes up with the hand', async () => {
  const fader = slider("Volume, bo's track")
  const way = fader.querySelector('.way')
  if (way === null) throw new Error('a fader must have a way, and has none')
  Object.defineProperty(way, 'clientHeight', { value: 100 })

  await press(fader, 'Home')
  await point(fader, 'pointerdown', { x: 0, y: 500 }, { button: 0 })
  await point(fader, 'pointermove', { x: 30, y: 450 })
  await point(fader, 'pointerup', { x: 30, y: 450 })

  // A fader has more room where it is soft.
  expect(soundOf(BOS).volume).toBeCloseTo(0.25)
})

test('mute, solo and reverb of a strip are everybody’s', async () => {
  await click(within(strip('bo'), "Mute bo's track for everybody"))
  await click(within(strip('cy'), "Solo cy's track for everybody"))
  await press(slider("Reverb, cy's track"), 'End')

  expect(soundOf(BOS).muted).toBe('on')
  expect(soundOf(CYS)).toMatchObject({ soloed: 'on', reverb: 1 })
  expect(session.mix.read().size).toBe(0)
  expect(strip('bo').textContent).toContain('muted')
  expect(strip('your track').textContent).toContain('not soloed')
  await click(within(strip('bo'), "Mute bo's track for everybody"))
  expect(soundOf(BOS).muted).toBe('off')
})

test('which track turns another one down is shown by name', async () => {
  session.setLink(BOS, 'duckBy', CYS)
  await nextTick()
  expect(strip('bo').textContent).not.toContain('ducks')

  session.setParam(BOS, 'duck', 0.5)
  await nextTick()

  expect(strip('bo').textContent).toContain('ducks under cy')
})

test('what is changed only for me leaves the song alone, and is marked', async () => {
  await onlyMe()
  expect(screen.text()).toContain('Only you hear what you change here')

  const fader = slider("Volume for you, bo's track")
  expect(fader.getAttribute('aria-valuetext')).toBe('As the room')
  await press(fader, 'Home')
  await click(within(strip('cy'), "Mute cy's track for yourself"))

  expect(session.mix.read().get(BOS)).toMatchObject({ volume: 0 })
  expect(session.mix.read().get(CYS)).toMatchObject({ muted: true })
  expect(soundOf(BOS)).toMatchObject({ volume: 0.7, muted: 'off' })
  expect(strip('bo').textContent).toContain('for you: quieter')
  expect(screen.role('region', 'Track of cy').textContent).toContain('for you: muted')

  await click(screen.button('Room'))
  expect(strip('bo').textContent).toContain('for you: quieter')
  expect(slider("Volume, bo's track").getAttribute('aria-valuetext')).toBe('−3.1 dB')
})

test('one track, or all of them, are heard as in the room again', async () => {
  await onlyMe()
  expect(screen.button('Reset').disabled).toBe(true)
  await press(slider("Pan for you, bo's track"), 'Home')
  await click(within(strip('cy'), "Solo cy's track for yourself"))
  expect(screen.button('Reset').disabled).toBe(false)

  await click(screen.button("for you: more left; hear bo's track as the room does"))
  expect(strip('bo').textContent).not.toContain('for you')
  expect(strip('cy').textContent).toContain('for you: soloed')

  await click(screen.button('Reset'))
  expect(session.mix.read().size).toBe(0)
  expect(screen.button('Reset').disabled).toBe(true)
})

test('what is everybody’s cannot be changed for oneself, nor a track that is not written yet', async () => {
  await onlyMe()

  await press(slider("Reverb, bo's track"), 'End')
  await press(slider('Volume for you, your track'), 'Home')

  expect(soundOf(BOS).reverb).toBe(0)
  expect(session.mix.read().size).toBe(0)
  expect(slider("Reverb, bo's track").getAttribute('aria-disabled')).toBe('true')
})

test('whoever listens leaves the room’s mix alone, and mixes for themselves', async () => {
  await press(document.body, 'x')
  session.writable.set('listening')
  await nextTick()
  await press(document.body, 'x')
  expect(screen.button('Only me').getAttribute('aria-pressed')).toBe('true')

  await press(slider("Volume for you, bo's track"), 'Home')
  expect(session.mix.read().get(BOS)).toMatchObject({ volume: 0 })

  await click(screen.button('Room'))
  await press(slider("Volume, bo's track"), 'Home')
  expect(soundOf(BOS).volume).toBe(0.7)
  expect(screen.text()).toContain('not yours to change')
})

test('the fader of all together is the loudness of this device', async () => {
  await press(slider('Loudness on this device, all tracks'), 'End')

  expect(session.outputVolume.read()).toBe(1)
})
