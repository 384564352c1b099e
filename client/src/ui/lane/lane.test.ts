import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChordLane } from '../../sequence/chord-lane.ts'
import { CHORD_WORDS as WORDS } from '../../words/chords.ts'
import { emptyTrack, songOf } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, press, type Screen, shown } from '../testing/screen.ts'
import { chordNames } from './chord-names.ts'
import { progressionsIn } from './progressions.ts'
// Fetched at once, so that no test waits for it.
import './LaneEditor.vue'

const LANE: ChordLane = [
  { root: 0, quality: 'major', halfBars: 2 },
  { root: 9, quality: 'm7', halfBars: 1 },
]

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  ;({ screen, session } = await openJam())
})
afterEach(() => screen.close())

const chords = (): string => chordNames(session.song.read().chords ?? [])
const chips = (): readonly HTMLElement[] => [
  ...screen.role('region', WORDS.open).querySelectorAll<HTMLElement>('li button'),
]
async function open(lane: ChordLane = LANE): Promise<void> {
  session.setChords(lane)
  await nextTick()
  await click(screen.root.querySelector('.scenes .chords') as HTMLElement)
  await shown(() => screen.has('group', WORDS.ready))
}

test('without chords there is no row of them, and a ready-made progression makes one', async () => {
  expect(screen.has('region', WORDS.open)).toBe(false)
  await open([])
  expect(screen.text()).toContain(WORDS.none)

  const [pop] = progressionsIn(0, 'chromatic')
  const ready = [...screen.role('group', WORDS.ready).querySelectorAll('button')]
  await click(ready[0] as HTMLElement)

  expect(session.song.read().chords).toEqual(pop?.chords)
  expect(chips().map((chip) => chip.textContent.trim())).toEqual(['C', 'G', 'Am', 'F'])
  expect(session.auditioned).toEqual([60, 64, 67])
})

test('a chord that fits the key is chosen with one press, and heard', async () => {
  await open()
  await click(screen.button('D minor'))

  expect(chords()).toBe('Dm Am7')
  expect(session.auditioned).toEqual([62, 65, 69])
  expect(screen.button('D minor').getAttribute('aria-pressed')).toBe('true')
})

test('any root, kind and length is to be had; a length is no reason to hear it again', async () => {
  await open()
  await choose(screen.field(WORDS.root), '6')
  await choose(screen.field(WORDS.quality), 'sus4')
  const heard = session.auditioned.length
  for (let press_ = 0; press_ < 2; press_++) await click(screen.button(WORDS.longer))

  expect(session.song.read().chords?.[0]).toEqual({ root: 6, quality: 'sus4', halfBars: 4 })
  expect(session.auditioned).toHaveLength(heard)
  for (let press_ = 0; press_ < 3; press_++) await click(screen.button(WORDS.shorter))
  expect(screen.button(WORDS.shorter).disabled).toBe(true)
})

test('chords are added behind the chosen one, moved, removed and cleared', async () => {
  await open()
  await click(screen.button(WORDS.add))
  expect(chords()).toBe('C C Am7')
  await click(screen.button('G major'))
  await click(screen.button(WORDS.later))
  expect(chords()).toBe('C Am7 G')
  expect(screen.button(WORDS.later).disabled).toBe(true)

  await click(screen.button(WORDS.remove))
  expect(chords()).toBe('C Am7')
  await click(screen.button(WORDS.earlier))
  expect(chords()).toBe('Am7 C')
  await click(screen.button(WORDS.clear))
  expect(session.song.read()).not.toHaveProperty('chords')
})

test('arrows walk the chips, each of which says all about its chord', async () => {
  await open()
  const [first, second] = chips()
  first?.focus()

  await press(first as HTMLElement, 'ArrowRight')

  expect(document.activeElement).toBe(second)
  expect(second?.getAttribute('aria-label')).toBe('Chord 2 of 2: A minor seventh, ½ bar')
  await press(second as HTMLElement, 'ArrowRight')
  expect(document.activeElement).toBe(second)
})

test('sixteen chords are as many as there can be', async () => {
  await open(Array.from({ length: 16 }, () => ({ root: 0, quality: '7', halfBars: 1 })))

  expect(screen.button(WORDS.add).disabled).toBe(true)
})

test('who only listens sees the chords and changes none', async () => {
  await open()
  session.writable.set('listening')
  await nextTick()

  expect(screen.text()).toContain(WORDS.listening)
  expect(screen.role('group', WORDS.editor).querySelector('fieldset')?.disabled).toBe(true)
  expect(screen.has('button', WORDS.remove)).toBe(false)
})

test('a track follows the chords by a choice beside its steps, and its notes say so; a kit has none', async () => {
  const label = WORDS.follow.title
  expect(screen.root.querySelector(`[aria-label="${label}"]`)).toBeNull()
  session.song.set({
    ...songOf([emptyTrack(session.myTrackId.read(), 'me', 'ana', 0)]),
    chords: LANE,
  })
  await nextTick()

  await choose(screen.field(label), 'root')
  expect(session.song.read().tracks[0]?.follow).toBe('root')
  expect(screen.text()).toContain(WORDS.follows)
  session.setChoice(session.myTrackId.read(), 'instrument', 'drums')
  await nextTick()
  expect(screen.text()).not.toContain(WORDS.follows)
  expect(screen.root.querySelector(`[aria-label="${label}"]`)).toBeNull()
})
