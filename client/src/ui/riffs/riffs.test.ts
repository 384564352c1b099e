import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Riff } from '../../sequence/riff.ts'
import { barRowsOf } from '../../sequence/bar-picture.ts'
import { EMPTY_SONG } from '../../sequence/song.ts'
import { note, trackOf } from '../../sound/testing/songs.ts'
import { RIFF_WORDS as WORDS } from '../../words/riffs.ts'
import { ROOM_WORDS } from '../../words/room.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, type, type Screen } from '../testing/screen.ts'
import './RiffSheet.vue'

const CHORUS: Riff = {
  id: 'ab'.repeat(16),
  name: 'Chorus',
  atMs: Date.now() - 120_000,
  by: { name: 'Bo', colour: 1 },
  bpm: 128,
  song: {
    ...EMPTY_SONG,
    tracks: [
      trackOf([note(0, 60), note(4, 64, 60)], { id: 'kicks', name: 'Ana', colour: 3 }),
      trackOf([note(2, 60)], { id: 'off', name: 'Cy', launch: { pattern: 'a', isOff: true } }),
      trackOf([note(0, 48)], { id: 'short', name: 'Dee', steps: 8, tint: 5 }),
    ],
  },
}

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => {
  vi.unstubAllGlobals()
  screen.close()
})

async function open(riffs: readonly Riff[] = [CHORUS]): Promise<void> {
  session.riffs.list.set(riffs)
  await click(screen.button(WORDS.open))
  await settle()
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve))
    await nextTick()
  }
}
/** What the sheet says came of it: beside one riff, or of the list. */
const saidOf = (name?: string): string =>
  screen.role('status', name === undefined ? WORDS.said : WORDS.saidOf(name)).textContent
const state = (): string => screen.role('status', WORDS.title).textContent

test('a picture shows the first bar of what is heard, a short loop as often as it comes round', () => {
  const [kicks, short, ...others] = barRowsOf(CHORUS.song)

  expect(others).toEqual([])
  expect(kicks).toMatchObject({ colour: 3, steps: 16 })
  expect(kicks?.strokes.map(({ step }) => step)).toEqual([0, 4])
  expect(kicks?.strokes[1]?.strength).toBeCloseTo(60 / 127)
  expect(short).toMatchObject({ colour: 5, steps: 16 })
  expect(short?.strokes.map(({ step }) => step)).toEqual([0, 8])
})

test('a riff is kept under a name, and where there is none the page says what they are for', async () => {
  await open([])
  expect(screen.text()).toContain(WORDS.nothing)

  await type(screen.field(WORDS.name), 'Verse')
  await click(screen.button(WORDS.keep))

  expect(session.riffs.kept).toEqual(['Verse'])
  expect(screen.field(WORDS.name).value).toBe('')
})

test('a riff says who kept it and who wrote it, and is heard by oneself alone', async () => {
  await open()
  expect(screen.text()).toContain('kept by Bo, 2 minutes ago · 128 BPM · 3 tracks')
  expect(screen.text()).toContain(WORDS.written('Ana, Cy, Dee'))

  await click(screen.button(WORDS.listen))
  expect(session.riffs.listening.read()).toBe(CHORUS)
  expect(state()).toBe(WORDS.onlyYou('Chorus'))
  await click(screen.role('article', 'Chorus').querySelector('[aria-pressed]') as HTMLElement)

  expect(session.riffs.listening.read()).toBeUndefined()
  expect(state()).toBe('')
})

test('a riff is brought back for everybody, and the page counts down to it', async () => {
  await open()
  await click(screen.button(WORDS.bringBack))
  expect(session.riffs.asked).toEqual([`back ${CHORUS.id}`])

  session.riffs.coming.set({ riff: CHORUS, epoch: 'one', sharedMs: 5000 })
  await settle()
  expect(state()).toBe(WORDS.comes('Chorus'))
  session.riffs.coming.set({ riff: undefined, epoch: 'one', sharedMs: 5000 })
  await settle()

  expect(state()).toBe(WORDS.comes(WORDS.someRiff))
})

test('a riff is taken off the list, and the sheet says so', async () => {
  await open()
  await click(screen.button(WORDS.forget))
  await settle()

  expect(session.riffs.list.read()).toEqual([])
  expect(saidOf()).toBe(WORDS.forgotten('Chorus'))
})

test('what came of it is said in the sheet, beside what was done, and not by a toast behind it', async () => {
  await open()
  await type(screen.field(WORDS.name), 'Verse')
  await click(screen.button(WORDS.keep))
  await settle()
  expect(saidOf()).toBe(WORDS.keptHere)

  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.resolve() } })
  await click(screen.button(WORDS.remix))
  await settle()
  expect(saidOf('Chorus')).toBe(WORDS.remixCopied)
  expect(saidOf()).toBe('')

  vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } })
  await click(screen.button(WORDS.remix))
  await settle()
  expect(saidOf('Chorus')).toBe(WORDS.copyFailed)
  expect(screen.role('list', ROOM_WORDS.notices).textContent).toBe('')
})

test('why a riff was not kept is said in the sheet too', async () => {
  await open([])
  session.riffs.keep = () => Promise.reject(new Error(WORDS.nothingToKeep))
  await click(screen.button(WORDS.keep))
  await settle()

  expect(saidOf()).toBe(WORDS.nothingToKeep)
  expect(screen.app.takeReports()).toHaveLength(1)
})

test('who only listens keeps none and brings none back, but may hear them', async () => {
  session.writable.set('listening')
  await open()

  expect(screen.has('button', WORDS.keep)).toBe(false)
  expect(screen.button(WORDS.bringBack).disabled).toBe(true)
  expect(screen.button(WORDS.listen).disabled).toBe(false)
})

test('any moment of how the song was written is seen and heard, and kept', async () => {
  session.riffs.past.push(
    { ...CHORUS, id: '', name: 'The jam at 1', bpm: 90, song: EMPTY_SONG },
    { ...CHORUS, id: '', name: 'The jam at 2' },
  )
  await open([])
  const part = screen.root.querySelector('details.replay') as HTMLDetailsElement
  part.open = true
  part.dispatchEvent(new Event('toggle'))
  await settle()
  expect(part.textContent).toContain('The jam at 2 · 3 tracks')

  await type(screen.field(WORDS.replayAt), '0')
  await settle()
  expect(part.textContent).toContain('The jam at 1 · 0 tracks')
  await click(screen.button(WORDS.listen))
  expect(session.riffs.listening.read()?.name).toBe('The jam at 1')
  await type(screen.field(WORDS.replayAt), '1')
  await settle()
  expect(session.riffs.listening.read()?.name).toBe('The jam at 2')
  await click(screen.button(WORDS.keepMoment))
  expect(session.riffs.kept).toEqual(['of 128 bpm'])
  await settle()
  expect(saidOf(WORDS.replay)).toBe(WORDS.keptHere)

  await click(screen.button(WORDS.clearReplay))
  await settle()
  expect(session.riffs.listening.read()).toBeUndefined()
  expect(part.textContent).toContain(WORDS.noReplay)
  await click(screen.role('switch', WORDS.record))
  expect(session.riffs.replay.isOn.read()).toBe(false)
})
