import { afterEach, beforeEach, expect, test } from 'vitest'
import type { HeldKey } from '../../app/hand-types.ts'
import type { TrackId } from '../../sequence/song.ts'
// Fetched with the tests: no first one waits for it.
import './HandDock.vue'
import { choose, click, openJam, point, press, type Screen, shown } from '../testing/screen.ts'
import { PARAM_RANGES } from '../../sequence/track-sound.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { drumKeys, pianoKeys, scaleKeys } from './hand-layout.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  ;({ screen, session } = await openJam())
  await press(document.body, 'p')
  await shown(() => screen.has('group', 'Keys'))
})
afterEach(() => {
  screen.close()
})

const keyUp = (code: string): void => {
  document.body.dispatchEvent(new KeyboardEvent('keyup', { code, bubbles: true }))
}
const type = (code: string, more: KeyboardEventInit = {}): Promise<KeyboardEvent> =>
  press(document.body, code.replace('Key', '').toLowerCase(), { code, ...more })

test('the keys of the computer play as on a piano, Shift strikes harder, and a held key sounds once', async () => {
  await type('KeyA')
  await type('KeyA', { repeat: true })
  await type('KeyW', { shiftKey: true })
  expect(screen.button('C4').getAttribute('aria-pressed')).toBe('true')
  keyUp('KeyA')
  keyUp('KeyW')

  expect(session.hands.played).toEqual(['60/96', '61/122', '-60', '-61'])
})

test('letters that play rest as commands, others and those in a text do what they do elsewhere', async () => {
  await type('KeyT')
  expect(session.hands.played, 'it taps no tempo').toEqual(['66/96'])
  await press(document.body, 'm', { code: 'KeyM' })
  expect(session.click.read().metronome).toBe(true)

  const message = screen.field('Message')
  await press(message, 'a', { code: 'KeyA' })
  expect(session.hands.played).toEqual(['66/96'])
})

test('an octave is chosen with - and =, and what is held is let go as what it was', async () => {
  await type('KeyA')
  await press(document.body, '=', { code: 'Equal' })
  keyUp('KeyA')
  await type('KeyA')

  expect(session.hands.played).toEqual(['60/96', '-60', '72/96'])
})

test('a finger strikes harder the lower it touches, slides to the next key, and lets go', async () => {
  const [c, d] = [screen.button('C4'), screen.button('D4')]
  const box = (top: number): DOMRect => new DOMRect(0, top, 20, 100)
  c.getBoundingClientRect = () => box(0)
  d.getBoundingClientRect = () => box(0)
  let under: Element = c
  document.elementFromPoint = () => under

  await point(c, 'pointerdown', { x: 5, y: 100 })
  under = d
  await point(c, 'pointermove', { x: 25, y: 0 })
  await point(d, 'pointerup', { x: 25, y: 0 })

  expect(session.hands.played).toEqual(['60/127', '-60', '62/40', '-62'])
})

test('who else holds a key is said on it', async () => {
  const [me] = session.people.read()
  if (me === undefined) throw new Error('I must be here')
  session.people.set([me, { ...me, id: 'bo', name: 'bo', isMe: false }])
  const track = session.myTrackId.read()
  session.hands.heldByOthers.set([{ peer: 'bo' as HeldKey['peer'], track, pitch: 64 }])
  await shown(() => screen.has('button', 'E4, held by bo'))

  session.hands.heldByOthers.set([
    { peer: 'bo' as HeldKey['peer'], track: 'another' as TrackId, pitch: 64 },
  ])
  await shown(() => screen.has('button', 'E4'))
})

test('it records into the open pattern until it is told to stop, or another one is opened', async () => {
  await press(document.body, 'r', { code: 'KeyR' })
  expect(session.hands.recording.read()).toMatchObject({ pattern: 'a', mode: 'overdub' })
  expect(screen.text()).toContain('Recording into A')
  await click(screen.button('Stop recording'))
  expect(session.hands.recording.read()).toBeUndefined()

  await click(screen.button('Record'))
  await press(document.body, 'Escape', { code: 'Escape' })
  expect(session.hands.recording.read(), 'nor when the keys are closed').toBeUndefined()
})

test('Escape closes what is open over the keys, whichever was there first, and only then the keys', async () => {
  // Comes to the page after the keys.
  session.addTrack('synth', 'Later')
  await shown(() => screen.has('button', 'More about Later'))
  for (const name of ['Look', 'More about Later']) {
    const menu = screen.button(name)
    await click(menu)
    await press(document.body, 'Escape', { code: 'Escape' })
    expect(menu.getAttribute('aria-expanded'), name).toBe('false')
    expect(screen.has('group', 'Keys'), 'the keys stay').toBe(true)
  }
  await press(document.body, 'Escape', { code: 'Escape' })
  expect(screen.has('group', 'Keys')).toBe(false)
})

test('what was played is kept, with a way back, and where nothing was that is said', async () => {
  await click(screen.button('Keep what I played'))
  expect(screen.text()).toContain('Play something first')

  session.hands.keeps = 3
  await press(document.body, 'Enter', { code: 'Enter', ctrlKey: true })
  expect(screen.text()).toContain('Kept 3 notes.')
})

test('step by step each chord goes to the next step, by keys and by buttons, and the notes show where', async () => {
  const mark = (): HTMLElement | null => screen.root.querySelector('.cursors .mark')
  const written = (): readonly string[] =>
    [...(session.song.read().tracks[0]?.patterns.a.values() ?? [])].map(
      ({ step, pitch, length, velocity }) => `${step}/${pitch} ${length} ${velocity}`,
    )
  await click(screen.button('Step by step'))
  expect(screen.text()).toContain('Step 1 of 16')
  expect(mark()?.style.width).toBe('26px')
  await type('KeyA', { shiftKey: true })
  await type('KeyD')
  keyUp('KeyA')
  keyUp('KeyD')
  await press(document.body, 'ArrowRight', { code: 'ArrowRight' })
  await click(screen.button('Longer each'))
  await type('KeyS')
  keyUp('KeyS')
  await press(document.body, 'ArrowRight', { code: 'ArrowRight', shiftKey: true })

  expect(written()).toEqual(['0/60 1 122', '0/64 1 96', '2/62 4 96'])
  expect(screen.text()).toContain('Step 7 of 16')
  await press(document.body, 'ArrowLeft', { code: 'ArrowLeft' })
  await click(screen.button('A step later'))
  await click(screen.button('Rest'))
  expect(screen.text()).toContain('Step 9 of 16')
  await press(document.body, 'Backspace', { code: 'Backspace' })
  expect(screen.text()).toContain('Step 7 of 16')
  await click(screen.button('Longer'))
  expect(screen.text()).toContain('Play something first; then it can be longer.')
  await click(screen.button('Step by step'))
  expect(mark()).toBeNull()
  await type('KeyF')
  expect(written()).toHaveLength(3)
})

test('step by step it goes on where one points in the notes, and says why nothing is written', async () => {
  await click(screen.button('Step by step'))
  const cell = (): HTMLElement =>
    screen.root.querySelector<HTMLElement>('[role=gridcell]') ?? document.body
  await press(cell(), 'End')
  expect(screen.text()).toContain('Step 16 of 16')
  await press(cell(), 'ArrowRight', { code: 'ArrowRight' })
  expect(screen.text(), 'its arrows rest').toContain('Step 1 of 16')

  session.hands.refuses = 'full'
  await type('KeyA')
  expect(screen.text()).toContain('The song has no room for more notes.')
  await click(screen.button('Record'))
  expect(session.hands.steps.place.read(), 'what records ends it').toBeUndefined()
})

test('how one plays is chosen, and what it means is said', async () => {
  session.hands.later = { beats: 1 / 16, ms: 31.25 }
  await click(screen.button('How I play'))
  expect(screen.text()).toContain('1/16 of a beat after you played it (31 ms)')

  await click(screen.field('At once'))
  await click(screen.field('Replaces notes'))
  await click(screen.field('Notes of the scale'))
  expect(session.hands.settings.read()).toMatchObject({
    ...{ timing: 'now', mode: 'replace', layout: 'scale' },
  })
  expect(screen.text()).toContain('As soon as it reaches each of them')
  await type('KeyZ')
  await type('KeyA')
  expect(session.hands.played).toEqual(['60/96', '65/96'])
})

test('a MIDI instrument is asked for, plays the open track, and its knob turns what it is taught', async () => {
  await click(screen.button('How I play'))
  await click(screen.button('Use a MIDI keyboard'))
  await shown(() => screen.text().includes('The browser was told not to'))
  const port = { id: 'one', name: 'Keys', state: 'connected' } as MIDIInput
  session.hands.ports.set({ inputs: new Map([['one', port]]) } as unknown as MIDIAccess)
  await click(screen.button('Use a MIDI keyboard'))
  await shown(() => screen.text().includes('Keys'))
  const send = (...data: number[]): void => {
    port.onmidimessage?.({ data: Uint8Array.from(data), timeStamp: 5 } as MIDIMessageEvent)
  }

  send(0x90, 62, 80)
  send(0x80, 62, 0)
  await choose(screen.field('Its knobs'), 'resonance')
  expect(screen.text()).toContain('Turn a knob of it: it will turn Resonance')
  send(0xb0, 21, 127)
  await shown(() => screen.text().includes('It turned Resonance.'))

  send(0xb0, 1, 127)
  expect(session.hands.played).toEqual(['62/80', '-62', 'wheel 1'])
  await choose(screen.field('Its knobs'), 'cutoffHz')
  send(0xb0, 1, 127)
  expect(session.hands.played, 'it was taught something else').toHaveLength(3)
  const { tracks } = session.song.read()
  expect(tracks[0]?.sound.resonance).toBe(PARAM_RANGES.resonance.max)
  await press(document.body, 'Escape', { code: 'Escape' })
  send(0x90, 62, 80)
  expect(session.hands.played, 'while its keys are open').toHaveLength(3)
})

test('each layout has its keys, none twice and none beyond the highest pitch', () => {
  const layouts = [
    pianoKeys(4, 25),
    scaleKeys(9, 'pentatonic minor', 3, 10).flat(),
    scaleKeys(0, 'chromatic', 4, 10).flat(),
    scaleKeys(11, 'major', 7, 10).flat(),
    drumKeys().flat(),
  ]
  for (const keys of layouts) {
    const codes = keys.flatMap(({ code }) => code ?? [])
    expect(new Set(codes).size).toBe(codes.length)
    expect(Math.max(...keys.map(({ pitch }) => pitch))).toBeLessThanOrEqual(108)
  }
  expect(scaleKeys(9, 'pentatonic minor', 3, 10)[0]?.map(({ pitch }) => pitch)).toEqual([
    ...[57, 60, 62, 64, 67, 69, 72, 74, 76, 79],
  ])
  expect(drumKeys().map((row) => row.length)).toEqual([4, 4, 4, 1])
})
