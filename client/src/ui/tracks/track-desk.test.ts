import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TrackId } from '../../sequence/song.ts'
import { emptyTrack, songOf, withToggled } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type Screen, shown } from '../testing/screen.ts'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  ;({ screen, session } = await openJam())
})
afterEach(() => {
  screen.close()
})

const tracks = () => session.song.read().tracks
const titles = () => tracks().map(({ title, name }) => title ?? name)

async function choose(label: string, value: string): Promise<void> {
  const field = screen.field(label)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
  await nextTick()
}

test('a track is added, of the kind one likes, and opens', async () => {
  await click(screen.button('Add drums'))

  expect(tracks()).toMatchObject([{ title: 'Drums', sound: { instrument: 'drums' } }])
  expect(screen.has('grid', 'Drums of Drums')).toBe(true)
})

test('a track is named, moved, doubled, locked and taken away from its menu', async () => {
  await click(screen.button('Add synth'))
  await click(screen.button('Add drums'))
  await click(screen.button('More about Drums'))
  await choose('Name', 'Beat')
  await click(screen.button('Move up'))
  expect(titles()).toEqual(['Beat', 'Synth'])

  await click(screen.button('Lock for others'))
  expect(tracks()[0]).toMatchObject({ isLocked: true })
  await click(screen.button('Duplicate'))
  expect(titles()).toEqual(['Beat', 'Beat', 'Synth'])

  await click(screen.button('More about Synth'))
  await click(screen.button('Remove'))
  expect(titles()).toEqual(['Beat', 'Beat'])
  expect(screen.text()).toContain('Synth is gone')
})

test('the name that somebody types stays theirs while others change the song', async () => {
  await click(screen.button('Add drums'))
  await click(screen.button('More about Drums'))
  const name = screen.field('Name')
  name.value = 'Bea'
  name.dispatchEvent(new Event('input', { bubbles: true }))

  await click(screen.button('Add synth'))

  expect(name.value).toBe('Bea')
})

test('notes are written into the pattern that is open, and another plays until it is launched', async () => {
  const mine = session.myTrackId.read()
  session.toggleNote(mine, 0, 60)
  await nextTick()
  await click(screen.button('Pattern B, empty'))
  expect(screen.button('Pattern B, empty').getAttribute('aria-pressed')).toBe('true')

  session.editNotes(
    mine,
    { remove: [], write: [{ step: 3, pitch: 62, velocity: 90, length: 1 }] },
    'b',
  )
  await nextTick()
  expect(screen.has('button', 'Pattern A, playing')).toBe(true)
  await click(screen.button('Play B'))

  expect(screen.has('button', 'Pattern B, playing')).toBe(true)
  expect(tracks()[0]?.launch).toEqual({ pattern: 'b', isOff: false })
})

test('a track falls silent and comes in', async () => {
  session.toggleNote(session.myTrackId.read(), 0, 60)
  await nextTick()

  await click(screen.button('Silence'))
  expect(tracks()[0]?.launch).toMatchObject({ isOff: true })
  await click(screen.button('Come in'))

  expect(tracks()[0]?.launch).toMatchObject({ isOff: false })
})

test('a track has a length and a swing of its own, and the song’s again', async () => {
  session.toggleNote(session.myTrackId.read(), 0, 60)
  await nextTick()

  await choose('Length', '12')
  await choose('Swing', '62')
  expect(tracks()[0]).toMatchObject({ steps: 12, swing: 62 })
  expect(screen.role('grid').getAttribute('aria-colcount')).toBe('12')

  await choose('Length', '')
  await choose('Swing', '')
  expect(tracks()[0]?.steps).toBeUndefined()
  expect(tracks()[0]?.swing).toBeUndefined()
})

test('a scene launches its pattern of all tracks that have notes in it', async () => {
  const bos = withToggled(emptyTrack('bosbosbosbos', 'bo', 'bo', 2), 0, 60, 'c')
  session.song.set(songOf([bos, emptyTrack('cyscyscyscys', 'cy', 'cy', 3)]))
  await nextTick()

  await click(screen.button('Play pattern C of all tracks'))

  expect(tracks().map(({ launch }) => launch?.pattern)).toEqual(['c', undefined])
})

test('a scene is named, and found by its name', async () => {
  await click(screen.button('Name scenes'))
  await choose('Name of scene B', 'Chorus')
  await click(screen.button('Done'))

  expect(session.song.read().sceneNames).toEqual({ b: 'Chorus' })
  expect(screen.button('Play Chorus, pattern B of all tracks').textContent).toContain('Chorus')
})

test('a track plays alone from the next bar on, and all come in again', async () => {
  session.song.set(
    songOf([
      emptyTrack(session.myTrackId.read(), 'me', 'ana', 0),
      emptyTrack('bosbosbosbos', 'bo', 'bo', 2),
    ]),
  )
  await nextTick()

  await click(screen.button('Alone'))
  expect(tracks().map(({ launch }) => launch?.isOff)).toEqual([false, true])
  await click(screen.button('All in'))

  expect(tracks().map(({ launch }) => launch?.isOff)).toEqual([false, false])
})

test('a track gets a colour of its own, and its owner’s again', async () => {
  await click(screen.button('Add synth'))
  await click(screen.button('More about Synth'))

  await click(screen.field('Colour 5'))
  expect(tracks()[0]).toMatchObject({ tint: 4 })
  expect(screen.field('Colour 5').checked).toBe(true)

  await click(screen.field('As its owner'))
  expect(tracks()[0]?.tint).toBeUndefined()
})

test('any of one’s edits can be taken back by itself, from a list that names them', async () => {
  const mine = session.myTrackId.read()
  session.toggleNote(mine, 0, 60)
  session.history.set([
    { id: 1, kind: 'write-note', track: mine, isUndone: false },
    { id: 2, kind: 'scale', isUndone: false },
    { id: 3, kind: 'edit-notes', track: mine, count: 3, isUndone: true },
  ])
  const taken: unknown[] = []
  session.undo = (step) => void taken.push(step)
  await nextTick()

  await click(screen.button('What I did'))
  await shown(() => screen.has('button', 'Take back: Changed the scale'))
  const words = [...screen.root.querySelectorAll('dialog li')].map((line) => line.textContent)
  expect(words).toMatchObject([
    expect.stringContaining('Changed 3 notes in ana'),
    expect.stringContaining('Changed the scale'),
    expect.stringContaining('Wrote a note in ana'),
  ])
  await click(screen.button('Take back: Wrote a note in ana'))

  expect(taken).toEqual([1])
})

test('what its owner has locked while they are here cannot be changed', async () => {
  const [me] = session.people.read()
  if (me === undefined) throw new Error('ana must be there')
  session.people.set([me, { ...me, id: 'bo', name: 'bo', isMe: false, link: 'direct' }])
  session.song.set(
    songOf([
      {
        ...emptyTrack('bosbosbosbos', 'bo', 'bo', 2),
        isLocked: true,
        id: 'bosbosbosbos' as TrackId,
      },
    ]),
  )
  await nextTick()
  await click(screen.button("Edit bo's track"))

  expect(screen.role('grid').getAttribute('aria-readonly')).toBe('true')
  expect(screen.text()).toContain('locked')
})

test('one’s edits can be taken back and done again, by buttons and keys, as far as there are any', async () => {
  expect(screen.button('Undo last edit').disabled).toBe(true)
  const mine = session.myTrackId.read()
  session.toggleNote(mine, 0, 60)
  session.clearTrack(mine)
  session.history.set([{ id: 1, kind: 'clear', track: mine, isUndone: false }])
  await nextTick()

  await click(screen.button('Undo last edit'))
  expect(tracks()[0]?.patterns.a.size).toBe(1)

  session.history.set([{ id: 1, kind: 'clear', track: mine, isUndone: true }])
  await nextTick()
  expect(screen.button('Undo last edit').disabled).toBe(true)
  let again = 0
  session.redo = () => void (again += 1)
  await press(document.body, 'z', { ctrlKey: true, shiftKey: true })
  await click(screen.button('Redo last edit'))
  expect(again).toBe(2)
})

test('what somebody else has changed since is said to stay', async () => {
  const step = { id: 1, kind: 'clear', isUndone: false } as const
  session.history.set([step])
  session.undo = () => ({ step, changed: 0, overtaken: 2 })
  await nextTick()

  await press(document.body, 'z', { ctrlKey: true })
  expect(screen.text()).toContain('Somebody has changed that since: it stays as it is.')

  session.undo = () => ({ step, changed: 1, overtaken: 1 })
  await click(screen.button('Undo last edit'))
  expect(screen.text()).toContain('Some of it somebody has changed since')
})
