import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DRUM_PIECES, pieceToPitch } from '../../sequence/drum-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, point, press } from '../testing/screen.ts'
import { openSection, soundIn } from '../testing/sound-section.ts'
import type { Screen } from '../testing/screen.ts'
// Fetched at once, so that no test waits for it.
import './MoreSections.vue'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => soundIn(session)
const open = (label: string): Promise<void> => openSection(screen, label)
const chooseIn = (field: string, value: string): Promise<void> => choose(screen.field(field), value)

test('with drums there is a kit of thirteen pieces that sound when they are pressed', async () => {
  await click(screen.button('Drums'))
  await vi.waitFor(() => screen.role('group', 'Pieces of the kit'))
  const pads = screen.role('group', 'Pieces of the kit').querySelectorAll<HTMLElement>('.pad')
  expect(pads).toHaveLength(13)

  for (const pad of pads) await point(pad, 'pointerdown', { x: 0, y: 0 }, { button: 0 })

  expect(session.auditioned).toEqual(DRUM_PIECES.map(pieceToPitch))
})

test('a pad sounds once for a key, and once for a pointer', async () => {
  await click(screen.button('Drums'))
  await vi.waitFor(() => screen.button('Snare'))
  const snare = screen.button('Snare')

  await point(snare, 'pointerdown', { x: 0, y: 0 }, { button: 0 })
  snare.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }))
  expect(session.auditioned).toEqual([38])

  // As Enter and Space do.
  snare.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 0 }))
  expect(session.auditioned).toEqual([38, 38])
})

test('each piece has a level, a tuning and a decay of its own, and the kit is chosen', async () => {
  await click(screen.button('Drums'))
  await vi.waitFor(() => screen.button('Snare'))

  await press(screen.role('slider', 'Open hat level'), 'ArrowUp')
  await press(screen.role('slider', 'Kick tune'), 'ArrowDown')
  await press(screen.role('slider', 'High tom decay'), 'End')
  await chooseIn('Kit', 'Velvet')

  expect(sound()).toMatchObject({
    instrument: 'drums',
    kit: 'Velvet',
    openHatDb: 0.5,
    kickTune: -1,
    highTomDecay: 4,
  })
})

test('going from synth to drums and back opens what there is', async () => {
  await open('Filter')
  await click(screen.button('Drums'))
  expect(screen.role('tab', 'Drums').getAttribute('aria-selected')).toBe('true')
  expect(screen.has('tab', 'Filter')).toBe(false)

  await click(screen.button('Synth'))

  expect(screen.role('tab', 'Filter').getAttribute('aria-selected')).toBe('true')
})

test('the loudness of the sound before does not stay with another instrument', async () => {
  session.setParam(session.myTrackId.read(), 'trimDb', -9)
  await nextTick()
  await click(screen.button('Drums'))

  expect(session.song.read().tracks[0]?.sound).toMatchObject({ instrument: 'drums', trimDb: 0 })
})
