import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { noteKey, type Note } from '../../sequence/pattern.ts'
import { emptyTrack, withNotes } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, press, shown, type, type Screen } from '../testing/screen.ts'

/** A part that is fetched takes its time on a busy machine. */
const PATIENT = { timeout: 10_000 }
const TITLE = 'Groove from another track'

let screen: Screen
let session: LocalSession
beforeEach(async () => ({ screen, session } = await openJam()))
afterEach(() => screen.close())

const note = (step: number, change: Partial<Note> = {}): Note => ({
  step,
  pitch: 60,
  velocity: 100,
  length: 1,
  ...change,
})
const mine = () => session.song.read().tracks.find(({ id }) => id === session.myTrackId.read())
const noteAt = (step: number): Note | undefined => mine()?.patterns.a.get(noteKey(step, 60))

/** Bo plays late and swung on the off-beats, and hard on the first. */
async function withBo(): Promise<void> {
  const bo = { ...emptyTrack('bobobobobobo', 'bo', 'bo', 1), title: 'Beat', swing: 62 }
  const [first, second] = [note(0, { velocity: 120 }), note(1, { velocity: 60, nudge: 6 })]
  const { tracks } = session.song.read()
  session.song.set({ ...session.song.read(), tracks: [...tracks, withNotes(bo, [first, second])] })
  await nextTick()
}
async function open(): Promise<void> {
  session.editNotes(session.myTrackId.read(), { remove: [], write: [note(0), note(1)] })
  await nextTick()
  await click(screen.button('Edit notes'))
  await vi.waitUntil(() => screen.has('region', TITLE), PATIENT)
}

test('the groove of a track, chosen by its name and whose it is, is laid on mine, and undo is offered', async () => {
  await withBo()
  await open()
  expect(screen.field('From').textContent).toContain('Beat (bo)')

  await click(screen.button('Lay it on'))

  expect(mine()?.swing).toBe(62)
  expect([noteAt(0)?.velocity, noteAt(1)?.velocity, noteAt(1)?.nudge]).toEqual([127, 64, 6])
  await shown(() => screen.text().includes('The groove of Beat (bo) is on your track'))
  expect(screen.has('button', 'Undo')).toBe(true)
})

test('how much of it, and which part of it, is chosen', async () => {
  await withBo()
  await open()

  await type(screen.field('Strength'), '50')
  await click(screen.field('Loudness'))
  await click(screen.button('Lay it on'))

  expect(mine()?.swing).toBe(56)
  await nextTick()
  expect(screen.field('Swing').value).toBe('56')
  expect([noteAt(0)?.velocity, noteAt(1)?.velocity, noteAt(1)?.nudge]).toEqual([100, 100, 3])
})

test('without a part of it, or without strength, there is nothing to lay on', async () => {
  await withBo()
  await open()

  await click(screen.field('Timing'))
  await click(screen.field('Loudness'))
  expect(screen.button('Lay it on').disabled).toBe(true)
  await click(screen.field('Timing'))
  expect(screen.button('Lay it on').disabled).toBe(false)
  await type(screen.field('Strength'), '0')

  expect(screen.button('Lay it on').disabled).toBe(true)
})

test('what plays like that already is told so, and not written', async () => {
  await withBo()
  await open()
  await click(screen.button('Lay it on'))
  const written = vi.spyOn(session, 'layGroove')

  await click(screen.button('Lay it on'))

  expect(screen.role('region', TITLE).textContent).toContain('It plays like that already.')
  expect(written).not.toHaveBeenCalled()
})

test('while nobody else has written anything it says so', async () => {
  await open()

  expect(screen.role('region', TITLE).textContent).toContain('No other track has notes yet.')
  expect(screen.has('button', 'Lay it on')).toBe(false)
})

test('of several tracks the chosen one is taken, also one of mine, and its own is not offered', async () => {
  await withBo()
  const other = { ...emptyTrack('otherothero', 'me', 'ana', 0), title: 'Bass' }
  const { tracks } = session.song.read()
  const late = withNotes(other, [note(0, { nudge: 9 })])
  session.song.set({ ...session.song.read(), tracks: [...tracks, late] })
  await open()
  const from = screen.field('From')
  expect([...from.querySelectorAll('option')].map((each) => each.textContent.trim())).toEqual([
    'Beat (bo)',
    'Bass (you)',
  ])

  await choose(from, 'otherothero')
  await click(screen.button('Lay it on'))

  expect(noteAt(0)?.nudge).toBe(9)
  await press(screen.button('Lay it on'), 'Escape')
  expect(screen.has('region', TITLE)).toBe(false)
})
