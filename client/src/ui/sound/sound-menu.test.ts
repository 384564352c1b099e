import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { soundOf } from '../../sequence/presets/preset.ts'
import { PRESETS } from '../../sequence/presets/presets.ts'
import { INITIAL_SOUND } from '../../sequence/track-sound.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { emptyTrack, songOf } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { click, openJam, press, type } from '../testing/screen.ts'
import type { Screen } from '../testing/screen.ts'
// Fetched at once, so that no test waits for them.
import './SoundBrowser.vue'
import './SoundMenu.vue'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

async function openMenu(): Promise<void> {
  await click(screen.button('More about this sound'))
  await vi.waitFor(() => screen.field('Name of the sound'))
}
const mine = (): TrackSound =>
  session.song.read().tracks.find(({ id }) => id === session.myTrackId.read())?.sound ??
  INITIAL_SOUND
const THEIRS = { waveform: 'glass', cutoffHz: 999 } as const

/** Puts a file into the hand of the person. */
async function choose(file: File): Promise<void> {
  const picker = screen.field('Sound file')
  Object.defineProperty(picker, 'files', { value: [file] })
  picker.dispatchEvent(new Event('change'))
  await nextTick()
}

test('the sound of somebody else is copied, without their place in the mix', async () => {
  const bos = emptyTrack('bos', 'bo', 'bo', 1)
  const sound = { ...bos.sound, ...THEIRS, volume: 0.1, duckBy: 'x', arp: 'on' } as const
  session.song.set(songOf([{ ...bos, sound }]))
  await nextTick()
  await openMenu()

  await click(screen.button('Copy the sound of bo'))

  expect(mine()).toEqual({ ...INITIAL_SOUND, ...THEIRS })
  await click(screen.button('Undo'))
  expect(mine()).toEqual(INITIAL_SOUND)
})

test('a sound of my own is saved under a name, heard and taken among the others, and removed', async () => {
  session.setSound(session.myTrackId.read(), THEIRS)
  await openMenu()
  await type(screen.field('Name of the sound'), 'My glass')
  await click(screen.button('Save'))
  expect(screen.text()).toContain('My glass is among your sounds now')
  expect(screen.field('Name of the sound').value).toBe('')
  session.setSound(session.myTrackId.read(), INITIAL_SOUND)

  await click(screen.root.querySelector('[aria-label^="Sounds: "]') as HTMLElement)
  await vi.waitFor(() => screen.role('listbox', 'Sounds'))
  await click(screen.button('Mine'))
  await press(screen.role('listbox', 'Sounds'), 'ArrowDown')
  expect(session.tried.at(-1)?.sound).toMatchObject(THEIRS)
  await press(screen.role('listbox', 'Sounds'), 'Enter')
  expect(mine()).toMatchObject(THEIRS)

  await openMenu()
  await click(screen.button('Remove My glass'))
  expect(session.savedSounds.read()).toEqual([])
})

test('whoever has saved nothing is told how', async () => {
  await click(screen.root.querySelector('[aria-label^="Sounds: "]') as HTMLElement)
  await vi.waitFor(() => screen.role('listbox', 'Sounds'))

  await click(screen.button('Mine'))

  expect(screen.text()).toContain('saved no sounds yet')
})

test('a sound of a file is given to the track, with a way back', async () => {
  session.importSound = () =>
    Promise.resolve({ name: 'From bo', sound: { ...INITIAL_SOUND, ...THEIRS } })
  await openMenu()

  await choose(new File(['{}'], 'bo.beatcord'))

  await vi.waitFor(() => expect(mine()).toMatchObject(THEIRS))
  expect(screen.text()).toContain('Sound: From bo')
  await click(screen.button('Undo'))
  expect(mine()).toEqual(INITIAL_SOUND)
})

test('a file that is no sound is refused with the reason, and nothing changes', async () => {
  await openMenu()

  await choose(new File(['x'], 'cat.png'))

  await vi.waitFor(() => expect(screen.text()).toContain('not a Beatcord sound'))
  expect(session.song.read().tracks).toEqual([])
  expect(screen.app.takeReports()).toHaveLength(1)
})

test('a file is named as the sound is', async () => {
  const [preset] = PRESETS
  session.setSound(session.myTrackId.read(), preset ? soundOf(preset) : {})
  const asked: string[] = []
  session.exportSound = (_, name) => {
    asked.push(name)
    return Promise.resolve(new Blob(['{}']))
  }
  const saved: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download)
  })
  await openMenu()

  await click(screen.button('Save to a file'))
  await type(screen.field('Name of the sound'), 'Mine now')
  await click(screen.button('Save to a file'))

  expect(asked).toEqual([preset?.name, 'Mine now'])
  expect(saved.at(-1)).toBe('Mine now sound.beatcord')
})

test('a listener keeps a sound, but brings none', async () => {
  session.writable.set('listening')
  await nextTick()
  await openMenu()

  expect(screen.button('Open a file').disabled).toBe(true)
  expect(screen.button('Save').disabled).toBe(false)
})
