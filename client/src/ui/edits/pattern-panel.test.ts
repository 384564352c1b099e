import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import type { Note } from '../../sequence/pattern.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam, press, type, type Screen } from '../testing/screen.ts'

/** A part that is fetched takes its time on a busy machine. */
const PATIENT = { timeout: 10_000 }

let screen: Screen
let session: LocalSession
beforeEach(async () => ({ screen, session } = await openJam()))
afterEach(() => screen.close())

const note = (step: number, pitch: number): Note => ({ step, pitch, velocity: 100, length: 1 })
const places = (): string[] => [...(session.song.read().tracks[0]?.patterns.a.keys() ?? [])]
const stepsOf = (pitch: number): readonly number[] =>
  places()
    .filter((place) => place.endsWith(`/${pitch}`))
    .map((place) => Number(place.split('/')[0]))
    .sort((one, other) => one - other)

async function written(...notes: Note[]): Promise<void> {
  session.editNotes(session.myTrackId.read(), { remove: [], write: notes })
  await nextTick()
}
async function open(name: string): Promise<void> {
  await click(screen.button(name))
  await vi.waitUntil(() => screen.has('button', 'Mirror'), PATIENT)
}
async function asDrums(): Promise<void> {
  session.setChoice(session.myTrackId.read(), 'instrument', 'drums')
  await nextTick()
}

test('notes are moved, raised and mirrored as a whole', async () => {
  await written(note(0, 60), note(2, 64))
  await open('Edit notes')

  await click(screen.button('Octave up'))
  await click(screen.button('Later →'))
  expect(places()).toEqual(['1/72', '3/76'])
  await click(screen.button('Mirror'))

  expect([stepsOf(72), stepsOf(76)]).toEqual([[14], [12]])
  expect(screen.role('group', 'Edit notes').textContent).toContain('Done: Play backwards')
})

test('of selected notes only those are changed, wherever the edits bring them', async () => {
  await written(note(0, 60), note(4, 64))
  const cell = screen.root.querySelector<HTMLElement>('[role=gridcell]') ?? document.body
  await press(cell, 'Enter', { shiftKey: true })
  await open('Edit notes')
  expect(screen.root.querySelector<HTMLInputElement>('input[type=radio]')?.checked).toBe(true)

  await click(screen.button('Octave up'))
  await click(screen.button('Octave up'))
  expect(places().toSorted()).toEqual(['0/84', '4/64'])
  await click(screen.field('Whole pattern'))
  await click(screen.button('Octave down'))

  expect(places().toSorted()).toEqual(['0/72', '4/52'])
})

test('a row of a kit is struck in a Euclidean rhythm, which is seen before it is written', async () => {
  await asDrums()
  await written(note(1, 42), note(0, 36))
  await open('Edit pattern')
  await choose(screen.field('Row'), 'closed-hat')

  await type(screen.field('Pulses'), '5')
  await type(screen.field('Over steps'), '8')
  expect(
    screen.role('img', 'Strokes on 1, 3, 4, 6, 7, 9, 11, 12, 14, 15 of 16 steps'),
  ).toBeDefined()
  await type(screen.field('Rotation'), '1')
  expect(stepsOf(42)).toEqual([1])
  await click(screen.button('Write to Closed hat'))

  expect(stepsOf(42)).toEqual([1, 3, 4, 6, 7, 9, 11, 12, 14, 15])
  expect(stepsOf(36)).toEqual([0])
})

test('a row is filled, moved and cleared by itself, or all rows are moved', async () => {
  await asDrums()
  await written(note(0, 36), note(4, 38))
  await open('Edit pattern')

  await click(screen.button('Every 4th'))
  expect(stepsOf(36)).toEqual([0, 4, 8, 12])
  await click(screen.button('← Earlier'))
  expect([stepsOf(36), stepsOf(38)]).toEqual([[3, 7, 11, 15], [4]])
  await click(screen.button('Clear row'))
  expect([stepsOf(36), stepsOf(38)]).toEqual([[], [4]])

  await choose(screen.field('Row'), 'all')
  expect(screen.has('button', 'Every 4th')).toBe(false)
  await click(screen.button('Later →'))

  expect(stepsOf(38)).toEqual([5])
})

test('pieces that stand in for a row’s are part of it', async () => {
  await asDrums()
  await written(note(0, 36), note(2, 35))
  await open('Edit pattern')

  await click(screen.button('Later →'))

  expect(places().toSorted()).toEqual(['1/36', '3/35'])
})

test('whoever may not write does not get it', async () => {
  session.writable.set('listening')
  await nextTick()

  expect(screen.button('Edit notes').disabled).toBe(true)
})

test('Escape closes it and gives the focus back', async () => {
  await written(note(0, 60))
  await open('Edit notes')
  screen.button('Mirror').focus()

  await press(screen.button('Mirror'), 'Escape')

  expect(screen.has('button', 'Mirror')).toBe(false)
  expect(document.activeElement).toBe(screen.button('Edit notes'))
})
