import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHOICE_PARAMS, INITIAL_SOUND, NUMERIC_PARAMS } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { emptyTrack, songOf } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, press } from '../testing/screen.ts'
import { openSection, soundIn } from '../testing/sound-section.ts'
import type { Screen } from '../testing/screen.ts'
import { lfoPath } from './lfo-path.ts'
import { SECTIONS } from './sections.ts'
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

test('arrow keys walk along the tabs, round and round, and open each', async () => {
  const tab = (label: string): HTMLElement => screen.role('tab', label)
  tab('Basics').focus()

  await press(tab('Basics'), 'ArrowLeft')
  await nextTick()
  expect(tab('Arp').getAttribute('aria-selected')).toBe('true')
  expect(document.activeElement).toBe(tab('Arp'))

  await press(tab('Arp'), 'ArrowRight')
  await nextTick()
  expect(tab('Basics').getAttribute('aria-selected')).toBe('true')
  await press(tab('Basics'), 'End')
  expect(tab('Arp').tabIndex).toBe(0)
  expect(tab('Basics').tabIndex).toBe(-1)
})

test('every number and word of a sound can be changed somewhere, but for what the mixer has', async () => {
  const changed = new Set<string>()
  session.setParam = (_, param) => void changed.add(param)
  session.setChoice = (_, param) => void changed.add(param)
  const instruments = ['synth', 'drums'] as const
  for (const instrument of instruments) {
    session.song.set(
      songOf([
        {
          ...emptyTrack(session.myTrackId.read(), 'me', 'ana', 0),
          sound: { ...INITIAL_SOUND, instrument },
        },
      ]),
    )
    await nextTick()
    for (const { label } of SECTIONS[instrument]) {
      await open(label)
      // All at once: each one by itself would draw the page anew.
      for (const knob of screen.root.querySelectorAll('.section .knob [role=slider]'))
        knob.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
      const fields = screen.root.querySelectorAll('.section select[aria-label]')
      for (const field of fields) await chooseLast(field.getAttribute('aria-label') ?? '')
      const pressed = '.section [aria-pressed=true]'
      for (const button of screen.root.querySelectorAll<HTMLElement>(pressed)) button.click()
    }
  }
  await click(screen.button('Synth'))

  const mixed = ['muted', 'soloed']
  expect([...changed].sort()).toEqual(
    [...NUMERIC_PARAMS, ...CHOICE_PARAMS].filter((param) => !mixed.includes(param)).sort(),
  )
})

async function chooseLast(field: string): Promise<void> {
  const options = [...screen.field(field).querySelectorAll('option')]
  await chooseIn(field, options.at(-1)?.value ?? '')
}

test('words of the sound are chosen by buttons and from lists', async () => {
  await open('Oscillators')
  await click(screen.button('7'))
  await click(screen.button('Legato'))
  await open('LFOs')
  await chooseIn('LFO 1 moves', 'width')
  await chooseIn('One turn of LFO 2', '1/8T')

  expect(sound()).toMatchObject({
    unison: '7',
    playMode: 'legato',
    lfoTarget: 'width',
    lfoBRate: '1/8T',
  })
  expect(screen.field('LFO 1 moves').value).toBe('width')
})

test('the waveform of B is another than that of A', async () => {
  await open('Oscillators')
  const second = screen.role('group', 'Waveform of B')

  await click(second.querySelector('[aria-label=Glass]') as HTMLElement)

  expect(sound()).toMatchObject({ waveform: 'sawtooth', waveformB: 'glass' })
})

test('a drawing of an LFO shows its shape, its rate and its depth', () => {
  expect(lfoPath('sine', '1/4', 0)).not.toContain(' 4.')
  const drawings = [
    lfoPath('sine', '1/4', 1),
    lfoPath('saw', '1/4', 1),
    lfoPath('sine', '1/8', 1),
    lfoPath('sine', '1/4', 0.5),
  ]
  expect(new Set(drawings).size).toBe(drawings.length)
})

test('a listener looks at every section and changes nothing', async () => {
  session.song.set(songOf([emptyTrack(session.myTrackId.read(), 'me', 'ana', 0)]))
  session.writable.set('listening')
  await nextTick()
  const before = session.song.read()

  for (const { label } of SECTIONS.synth) {
    await open(label)
    for (const knob of screen.root.querySelectorAll('.section [role=slider]')) {
      await press(knob, 'End')
      await press(knob, 'ArrowRight')
    }
    for (const control of screen.root.querySelectorAll<HTMLButtonElement>(
      '.section :is(button, select)',
    ))
      expect(control.disabled).toBe(true)
  }

  expect(session.song.read()).toBe(before)
})

test('every control of every section has a name and says what it does', async () => {
  for (const { label } of SECTIONS.synth) {
    await open(label)
    for (const control of screen.root.querySelectorAll(
      '.section :is(select, button, [role=slider])',
    )) {
      const title = control.closest('[title]')?.getAttribute('title') ?? ''
      const isTyping = control.classList.contains('value')
      expect(isTyping || title.length > 8, control.outerHTML).toBe(true)
      const said = control.getAttribute('aria-label') ?? control.closest('label')?.textContent
      expect((said ?? control.textContent).trim()).not.toBe('')
    }
  }
})
