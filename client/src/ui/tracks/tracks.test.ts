import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '../../app/session-types.ts'
import type { TrackId } from '../../sequence/song.ts'
import { SILENT_LEVELS } from '../../sound/protocol.ts'
import { emptyTrack, patternOf, songOf, withNotes } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { createPaper } from '../testing/paper.ts'
import { click, openJam, press } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
import { PIECE_ROWS, PITCH_ROWS } from '../grid/roll-rows.ts'
import { miniNotes } from './mini-roll.ts'
import { shownTracks } from './shown-tracks.ts'

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
const note = (step: number, pitch: number, length = 1) => ({ step, pitch, velocity: 100, length })
const BOS = withNotes(emptyTrack('bos', 'bo', 'bo', 1), [note(0, 60), note(4, 64)])
const CYS = withNotes(emptyTrack('cys', 'cy', 'cy', 2), [note(2, 50)])

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
  session.people.set([...session.people.read(), BO])
  session.song.set(songOf([CYS, BOS]))
  await nextTick()
})
afterEach(() => screen.close())

test('everybody’s track is there with its notes, mine first', () => {
  expect(screen.has('region', 'Your track')).toBe(true)
  const shades = [...screen.role('region', 'Track of bo').querySelectorAll('path[fill-opacity]')]
  const outlines = shades.map((shade) => shade.getAttribute('d')).join('')
  expect(outlines.match(/M/g)).toHaveLength(2)
})

test("a click on bo's track opens it in the roll, where I can edit it", async () => {
  await click(screen.button("Edit bo's track"))
  expect(screen.has('grid', 'Piano roll of bo')).toBe(true)

  screen.role('gridcell').focus()
  await press(screen.role('gridcell'), 'Enter')

  const bos = session.song.read().tracks.find(({ id }) => id === BOS.id)
  expect(bos?.patterns.a.size).toBe(1)
  await click(screen.button('Back to mine'))
  expect(screen.has('grid', 'Piano roll of ana')).toBe(true)
})

test('the track of somebody who left says so, and can be taken away and back', async () => {
  expect(screen.role('region', 'Track of cy').textContent).toContain('left the jam')

  await click(screen.button('Remove'))
  expect(screen.has('region', 'Track of cy')).toBe(false)

  await click(screen.button('Undo'))
  expect(screen.has('region', 'Track of cy')).toBe(true)
})

test('when the open track goes, mine is in the roll again', async () => {
  await click(screen.button("Edit cy's track"))

  session.removeTrack(CYS.id)
  await nextTick()

  expect(screen.has('grid', 'Piano roll of ana')).toBe(true)
})

test('a track carries the name and colour its owner has now', () => {
  const [, , bos] = shownTracks(
    songOf([CYS, BOS]),
    [{ ...BO, name: 'Bo Diddley', colour: 5 }],
    'mine' as TrackId,
  )

  expect(bos).toMatchObject({ name: 'Bo Diddley', colour: 5, owner: 'here', isMine: false })
})

test('my track is found by its id, whoever it was written by', () => {
  const [mine, ...others] = shownTracks(songOf([CYS, BOS]), [BO], BOS.id)

  expect(mine).toMatchObject({ id: BOS.id, isMine: true })
  expect(others.map(({ id }) => id)).toEqual([CYS.id])
})

test('a loop at a glance spreads its pitches over the height and cuts at its end', () => {
  const glance = miniNotes(patternOf([note(0, 40), note(14, 80, 8), note(20, 60)]), 16, PITCH_ROWS)

  expect(glance.map(({ y }) => y)).toEqual([1, 0])
  expect(glance.map(({ x, width }) => [x, width])).toEqual([
    [0, 1 / 16],
    [14 / 16, 2 / 16],
  ])
})

test('a melody of one pitch runs through the middle', () => {
  expect(miniNotes(patternOf([note(0, 60)]), 16, PITCH_ROWS)).toMatchObject([{ y: 0.5 }])
})

test('a loop of drums at a glance has the kick below, whatever pitch it was written at', () => {
  const [kick, hat] = miniNotes(patternOf([note(0, 35, 4), note(0, 42)]), 16, PIECE_ROWS)

  expect(kick).toMatchObject({ x: 0, width: 1 / 16 })
  expect((kick?.y ?? 0) - (hat?.y ?? 0)).toBeCloseTo(3 / 5)
  expect(miniNotes(patternOf([note(0, 72)]), 16, PIECE_ROWS)).toEqual([])
})

test('at a glance a note of little chance is fainter, and a nudged one stands aside', () => {
  const [seldom] = miniNotes(
    patternOf([{ ...note(2, 60), velocity: 127, chance: 25, nudge: 24 }]),
    16,
    PITCH_ROWS,
  )

  expect(seldom).toMatchObject({ x: 2.5 / 16, strength: 0.25 })
})

test('a track is muted and soloed from its card, for everybody, and says so', async () => {
  await click(screen.button("Mute bo's track for everybody"))
  await click(screen.button("Solo cy's track for everybody"))

  const [cys, bos] = session.song.read().tracks
  expect([bos?.sound.muted, cys?.sound.soloed]).toEqual(['on', 'on'])
  expect(screen.role('region', 'Track of bo').textContent).toContain('muted')
  expect(screen.role('region', 'Track of cy').textContent).toContain('soloed')
  expect(screen.role('region', 'Your track').textContent).toContain('not soloed')
  expect(screen.button("Mute bo's track for everybody").getAttribute('aria-pressed')).toBe('true')

  await click(screen.button("Mute bo's track for everybody"))
  expect(session.song.read().tracks[1]?.sound.muted).toBe('off')
})

test('a track that I hear otherwise than the room is marked', async () => {
  session.setMix(BOS.id, { volume: 0.5 })
  await nextTick()

  expect(screen.role('region', 'Track of bo').textContent).toContain('for you: quieter')
})

test('whoever listens mutes nothing for others', async () => {
  session.writable.set('listening')
  await nextTick()

  expect(screen.button("Mute bo's track for everybody").disabled).toBe(true)
})

test('how loud a track is is seen on its card', () => {
  const frames: FrameRequestCallback[] = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  session.levels.set({ ...SILENT_LEVELS, tracks: [{ id: BOS.id, left: 0.04, right: 0.25 }] })
  const meter = screen.role('region', 'Track of bo').querySelector<HTMLElement>('.meter canvas')
  if (!(meter instanceof HTMLCanvasElement)) throw new Error('there must be a meter')
  const paper = createPaper()
  Object.defineProperties(meter, { clientWidth: { value: 300 }, clientHeight: { value: 3 } })
  vi.spyOn(meter, 'getContext').mockReturnValue(paper.context)
  frames.forEach((frame) => frame(1000))

  expect(paper.fills).toMatchObject([{ x: 0, width: 150 }])
})
