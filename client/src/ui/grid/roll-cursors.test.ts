import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Cursor, Person } from '../../app/session-types.ts'
import type { TrackId } from '../../sequence/song.ts'
import { HIGHEST_PITCH } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { emptyTrack, songOf } from '../testing/local-song.ts'
import { click, openJam, point, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'

/** The roll lays nothing out here: it begins at 0/0, unscrolled, with the narrowest steps. */
const KEYS = 52
const HEADER = 26
const STEP = 26
const ROW = 20
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

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  session.people.set([...session.people.read(), BO])
})
afterEach(() => {
  screen.close()
  vi.useRealTimers()
})

const at = (step: number, pitch: number) => ({
  x: KEYS + (step + 0.4) * STEP,
  y: HEADER + (HIGHEST_PITCH - pitch + 0.5) * ROW,
})
const canvas = (): HTMLElement => {
  const found = screen.root.querySelector('canvas')
  if (found === null) throw new Error('the roll must hold a canvas, and holds none')
  return found
}
const marks = (): HTMLElement[] => [...screen.root.querySelectorAll<HTMLElement>('.cursor')]
async function others(...cursors: Partial<Cursor>[]): Promise<void> {
  const track = session.myTrackId.read()
  session.cursors.set(cursors.map((each) => ({ peer: 'bo', track, step: 3, pitch: 107, ...each })))
  await nextTick()
  await nextTick()
}
async function wait(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms)
  await nextTick()
}

test('where another points is framed in the roll, and named for two seconds after each move', async () => {
  await others({})
  const corner = `translate(${3 * STEP}px, ${(HIGHEST_PITCH - 107) * ROW}px)`
  expect(marks().map(({ style }) => style.transform)).toEqual([corner])
  expect(marks()[0]?.textContent).toBe('bo')

  await wait(1900)
  await others({ step: 4 })
  await wait(1900)
  expect(marks()[0]?.textContent).toBe('bo')

  await wait(200)
  expect(marks()[0]?.textContent).toBe('')
})

test('a mark that is only repeated is not named anew', async () => {
  await others({})
  await wait(1500)
  await others({})
  await wait(600)

  expect(marks()[0]?.textContent).toBe('')
})

test('whoever points where my own pointer is, is named', async () => {
  await others({})
  await wait(2100)

  await point(canvas(), 'pointermove', at(3, 107))

  expect(marks()[0]?.textContent).toBe('bo')
})

test('what is pointed at in another track, out of the loop, or by nobody known is not shown', async () => {
  await others({ track: 'elsewhere' as TrackId }, { step: 99 }, { peer: 'nobody' })
  expect(marks()).toEqual([])

  await others({})
  expect(marks()).toHaveLength(1)
  await others()
  expect(marks()).toEqual([])
})

test('one’s own pointer is told by cells, and when it leaves', async () => {
  const track = session.myTrackId.read()
  await point(canvas(), 'pointermove', at(3, 107))
  await point(canvas(), 'pointermove', { x: at(3, 107).x + 2, y: at(3, 107).y })
  await point(canvas(), 'pointermove', at(4, 107))
  await point(canvas(), 'pointermove', { x: 10, y: at(4, 107).y })
  await point(canvas(), 'pointerleave', at(4, 107))

  expect(session.pointed).toEqual([
    { track, step: 3, pitch: 107 },
    { track, step: 4, pitch: 107 },
    undefined,
  ])
})

test('in the roll of another track the pointer is told anew', async () => {
  const bos = emptyTrack('bos', 'bo', 'bo', 1)
  session.song.set(songOf([bos]))
  await nextTick()
  await point(canvas(), 'pointermove', at(3, 107))
  await click(screen.button("Edit bo's track"))
  await point(canvas(), 'pointermove', at(3, 107))

  expect(session.pointed.map((each) => each?.track)).toEqual([
    session.myTrackId.read(),
    undefined,
    bos.id,
  ])
})

test('whoever walks the roll by keys points too, until they leave it', async () => {
  screen.role('gridcell').focus()
  await press(screen.role('gridcell'), 'ArrowRight')
  await press(screen.role('gridcell'), 'ArrowUp')
  expect(session.pointed.at(-1)).toMatchObject({ step: 1, pitch: 61 })

  screen.field('Message').focus()
  await nextTick()

  expect(session.pointed.at(-1)).toBeUndefined()
})

test('the roll is not left when the focus moves on within it, though browsers say so of a cell that goes', async () => {
  const cell = screen.role('gridcell')
  cell.focus()
  const moved = press(cell, 'ArrowRight')
  cell.dispatchEvent(new FocusEvent('blur'))
  await moved

  expect(session.pointed).toMatchObject([{ step: 1, pitch: 60 }])
})
