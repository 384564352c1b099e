import { expect, test } from 'vitest'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import { createSavedSounds, MAX_SAVED_SOUNDS } from './saved-sounds.ts'
import { fileSoundOf } from './sound-file.ts'
import type { Drawer } from './storage.ts'

const REED: TrackSound = { ...INITIAL_SOUND, waveform: 'reed', volume: 0.1 }
const GLASS: TrackSound = { ...INITIAL_SOUND, waveform: 'glass' }

function createFakeDrawer(text?: string): Drawer {
  const kept = new Map<string, string>(text === undefined ? [] : [['sounds', text]])
  return {
    read: (key) => kept.get(key),
    write(key, value) {
      kept.set(key, value)
    },
  }
}

const tides = (count: number): string =>
  JSON.stringify(Array.from({ length: count }, (_, at) => ({ name: `tide ${at}`, sound: {} })))

/** As where storage is switched off. */
const FORBIDDEN: Drawer = { read: () => undefined, write: () => undefined }

test('what is saved is there the next time, latest first', () => {
  const drawer = createFakeDrawer()
  const saved = createSavedSounds(drawer)

  expect(saved.save('Low tide', REED)).toBe('saved')
  expect(saved.save('High tide', GLASS)).toBe('saved')

  const both = [
    { name: 'High tide', sound: fileSoundOf(GLASS) },
    { name: 'Low tide', sound: fileSoundOf(REED) },
  ]
  expect(saved.sounds.read()).toEqual(both)
  expect(createSavedSounds(drawer).sounds.read()).toEqual(both)
})

test('the same name overwrites', () => {
  const saved = createSavedSounds(createFakeDrawer())
  saved.save('Low tide', REED)

  saved.save(' Low  tide', GLASS)

  expect(saved.sounds.read()).toEqual([{ name: 'Low tide', sound: fileSoundOf(GLASS) }])
})

test('what is removed is gone the next time', () => {
  const drawer = createFakeDrawer()
  const saved = createSavedSounds(drawer)
  saved.save('Low tide', REED)
  saved.save('High tide', GLASS)

  saved.remove('Low tide')

  expect(saved.sounds.read().map(({ name }) => name)).toEqual(['High tide'])
  expect(createSavedSounds(drawer).sounds.read()).toEqual(saved.sounds.read())
})

test('those who watch are told', () => {
  const saved = createSavedSounds(createFakeDrawer())
  const counts: number[] = []
  saved.sounds.subscribe((all) => counts.push(all.length))

  saved.save('Low tide', REED)
  saved.remove('Low tide')

  expect(counts).toEqual([1, 0])
})

test('a name in which nothing can be seen is refused', () => {
  const saved = createSavedSounds(createFakeDrawer())

  expect(saved.save('\u200b', REED)).toBe('nameless')
  expect(saved.sounds.read()).toEqual([])
})

test('beyond 200 a new name finds no room, and none is lost', () => {
  const saved = createSavedSounds(createFakeDrawer(tides(MAX_SAVED_SOUNDS)))

  expect(saved.save('one more', REED)).toBe('full')
  expect(saved.save('tide 7', GLASS)).toBe('saved')

  const names = saved.sounds.read().map(({ name }) => name)
  expect(names).toHaveLength(MAX_SAVED_SOUNDS)
  expect(names).not.toContain('one more')
})

test('two tabs keep each other’s sounds', () => {
  const drawer = createFakeDrawer()
  const [one, other] = [createSavedSounds(drawer), createSavedSounds(drawer)]

  one.save('Low tide', REED)
  other.save('High tide', GLASS)

  expect(other.sounds.read().map(({ name }) => name)).toEqual(['High tide', 'Low tide'])
})

test('where nothing can be stored, sounds last as long as the page', () => {
  const saved = createSavedSounds(FORBIDDEN)

  const verdicts = [saved.save('Low tide', REED), saved.save('High tide', GLASS)]

  expect(verdicts).toEqual(['unkept', 'unkept'])
  expect(saved.sounds.read()).toHaveLength(2)
})

test('where storage is full what is not kept is said, and lasts as long as the page', () => {
  const drawer = createFakeDrawer(tides(3))
  const saved = createSavedSounds({ ...drawer, write: () => undefined })

  const verdicts = [saved.save('Low tide', REED), saved.save('High tide', GLASS)]

  expect(verdicts).toEqual(['unkept', 'unkept'])
  expect(saved.sounds.read().map(({ name }) => name)).toEqual([
    ...['High tide', 'Low tide'],
    ...['tide 0', 'tide 1', 'tide 2'],
  ])
})

test.each([
  ['no JSON', 'tide'],
  ['a record', '{"name":"tide"}'],
  ['a number', '7'],
])('%s in the drawer is no sound', (_what, text) => {
  expect(createSavedSounds(createFakeDrawer(text)).sounds.read()).toEqual([])
})

test('junk among the sounds is dropped, and values are mended', () => {
  const written = [
    5,
    null,
    { name: 7, sound: {} },
    { name: 'soundless' },
    { name: 'Low tide', sound: { waveform: 'reed', cutoffHz: 1e9, volume: 'x' } },
    { name: 'Low tide', sound: {} },
  ]

  const saved = createSavedSounds(createFakeDrawer(JSON.stringify(written)))

  expect(saved.sounds.read()).toEqual([
    {
      name: 'Low tide',
      sound: fileSoundOf({ ...INITIAL_SOUND, waveform: 'reed', cutoffHz: 18_000 }),
    },
  ])
})

test('a drawer with too many gives the first of them', () => {
  const saved = createSavedSounds(createFakeDrawer(tides(MAX_SAVED_SOUNDS + 100)))

  expect(saved.sounds.read()).toHaveLength(MAX_SAVED_SOUNDS)
})
