import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { TrackId } from '../../sequence/song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { emptyTrack, songOf, withNotes } from '../testing/local-song.ts'
import type { LocalTogether } from '../testing/local-together.ts'
import { click, openJam, point, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { TOGETHER_WORDS as WORDS } from '../../words/together.ts'

const BO: Person = {
  id: 'bo',
  name: 'bo',
  colour: 1,
  isMe: false,
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
}
const BOS = 'bos-track' as TrackId
const NOTE = { step: 3, pitch: 60, velocity: 100, length: 2 }

let screen: Screen
let session: LocalSession
let together: LocalTogether
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  together = session.together
  session.people.set([...session.people.read(), BO])
  session.song.set(
    songOf([
      withNotes(emptyTrack(session.myTrackId.read(), 'me', 'ana', 0), []),
      withNotes(emptyTrack(BOS, 'bo', 'bo', 1), [NOTE]),
    ]),
  )
  await nextTick()
})
afterEach(() => {
  screen.close()
  vi.useRealTimers()
})

const settle = async (): Promise<void> => {
  await nextTick()
  await nextTick()
}
const status = (): HTMLElement => screen.role('status', WORDS.reactions)
const said = (): string => status().textContent
const frames = (kind: string): HTMLElement[] => [
  ...screen.root.querySelectorAll<HTMLElement>(`.frame.${kind}`),
]

test('each reaction has a name, and is shown to all', async () => {
  const row = screen.role('group', WORDS.reactions)
  const buttons = [...row.querySelectorAll('button')]
  expect(buttons.map((each) => each.getAttribute('aria-label'))).toEqual([
    'Fire',
    'Love it',
    'Rock on',
    'Wow',
    'Again',
    'That bass',
  ])

  await click(screen.button('Fire'))
  await click(screen.button('That bass'))

  expect(together.reacted).toEqual(['fire', 'bass'])
})

test('reactions wear the colour and letter of whoever sends them', async () => {
  together.reactions.set([{ id: 1, peer: 'bo', name: 'wow' }])
  await settle()

  const shown = [...screen.root.querySelectorAll<HTMLElement>('.layer .reaction')]
  expect(shown).toHaveLength(1)
  expect(shown[0]?.style.getPropertyValue('--person')).toBe('var(--person-1)')
  expect(shown[0]?.querySelector('.letter')?.getAttribute('data-letter')).toBe('B')
})

test('reactions of others are said, those of a moment together, one’s own not', async () => {
  together.reactions.set([
    { id: 1, peer: 'bo', name: 'wow' },
    { id: 2, peer: 'me', name: 'fire' },
  ])
  await settle()
  together.reactions.set([
    { id: 2, peer: 'me', name: 'fire' },
    { id: 3, peer: 'bo', name: 'wow' },
    { id: 4, peer: 'bo', name: 'again' },
  ])
  await settle()
  expect(said()).not.toContain('Wow')

  vi.advanceTimersByTime(1500)
  await settle()

  expect(said()).toContain('bo: Wow, 2 times. bo: Again')
  expect(said()).not.toContain('Fire')
  // Which is not there while another face of the jam is, on a phone.
  expect(status().closest('.side')).toBeNull()
})

test('a note that another writes in the open pattern is ringed in their colour, as long as it is', async () => {
  const mark = { id: 1, peer: 'bo' as never, track: BOS, pattern: 'a' as const, step: 3, pitch: 60 }
  together.editMarks.set([mark])
  await settle()
  expect(frames('edited')).toEqual([])

  await click(screen.button('Edit bo’s track'.replace('’', "'")))
  expect(frames('edited').map(({ style }) => style.width)).toEqual(['52px'])
  expect(frames('edited')[0]?.style.getPropertyValue('--person')).toBe('var(--person-1)')
  together.editMarks.set([{ ...mark, pattern: 'b' }])
  await settle()

  expect(frames('edited')).toEqual([])
})

test('what another selects in the open pattern is outlined, and its first note says whose it is', async () => {
  const selected = [
    { step: 3, pitch: 60 },
    { step: 5, pitch: 62 },
    { step: 63, pitch: 62 },
  ]
  together.looks.set([{ peer: 'bo', track: session.myTrackId.read(), pattern: 'a', selected }])
  await settle()

  expect(frames('selected')).toHaveLength(2)
  expect(frames('selected').map((each) => each.querySelectorAll('.letter').length)).toEqual([1, 0])
})

test('the others hear which pattern is open here and what is selected; while one follows, nothing', async () => {
  const mine = session.myTrackId.read()
  expect(together.looked.at(-1)).toEqual({ track: mine, pattern: 'a', selected: [] })

  await click(screen.button("Edit bo's track"))
  expect(together.looked.at(-1)).toEqual({ track: BOS, pattern: 'a', selected: [] })
  const before = together.looked.length
  session.song.set({ ...session.song.read() })
  await settle()
  expect(together.looked).toHaveLength(before)
  together.followed.set('bo')
  await settle()

  expect(together.looked.at(-1)).toBeUndefined()
})

test('whom one follows says which track and pattern are open, and a chip whom one follows', async () => {
  together.followed.set('bo')
  together.looks.set([{ peer: 'bo', track: BOS, pattern: 'c', selected: [] }])
  await settle()
  expect(screen.has('region', 'Notes of bo')).toBe(true)
  const open = screen.root.querySelector('.patterns [aria-pressed="true"]')
  expect(open?.getAttribute('aria-label')).toContain('C')
  expect(screen.role('status', WORDS.followState).textContent).toContain('Following bo')

  await click(screen.button('Following bo – stop'))

  expect(together.followed.read()).toBeUndefined()
})

test('following ends with Escape or a touch of the notes, not with a word in the chat', async () => {
  together.followed.set('bo')
  await settle()
  await point(screen.field('Message'), 'pointerdown', { x: 1, y: 1 })
  await press(screen.field('Message'), 'a')
  expect(together.followed.read()).toBe('bo')
  await press(screen.role('grid'), 'Tab')
  expect(together.followed.read()).toBe('bo')

  await point(screen.role('grid'), 'pointerdown', { x: 1, y: 1 })
  expect(together.followed.read()).toBeUndefined()
  together.followed.set('bo')
  await settle()
  await press(screen.field('Message'), 'Escape')

  expect(together.followed.read()).toBeUndefined()
})

test('following ends when another track is opened by command, which stays open', async () => {
  const look = { peer: 'bo', track: BOS, pattern: 'a' as const, selected: [] }
  together.followed.set('bo')
  together.looks.set([look])
  await settle()
  expect(screen.has('region', 'Notes of bo')).toBe(true)
  together.looks.set([{ ...look, pattern: 'c' }])
  await settle()
  expect(together.followed.read()).toBe('bo')

  await press(document.body, 'k', { ctrlKey: true })
  const field = (): Element | null => screen.root.querySelector('[role=combobox]')
  const palette = await vi.waitUntil(field, { timeout: 10_000 })
  await type(palette as HTMLInputElement, 'track of ana')
  await press(palette, 'Enter')
  await settle()

  expect(together.followed.read()).toBeUndefined()
  expect(screen.has('region', 'Notes of bo')).toBe(false)
})
