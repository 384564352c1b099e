import { nextTick } from 'vue'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ARP_PRESETS } from '../../sequence/presets/arp-presets.ts'
import type { TrackId } from '../../sequence/song.ts'
import type { TrackSound } from '../../sequence/track-sound.ts'
import { emptyTrack, songOf } from '../testing/local-song.ts'
import type { LocalSession } from '../testing/local-session.ts'
import { choose, click, openJam } from '../testing/screen.ts'
import { openSection, soundIn } from '../testing/sound-section.ts'
import type { Screen } from '../testing/screen.ts'
// Fetched at once, so that no test waits for it.
import './MoreSections.vue'

let screen: Screen
let session: LocalSession
beforeEach(async () => {
  const jam = await openJam()
  screen = jam.screen
  session = jam.session
})
afterEach(() => screen.close())

const sound = (): TrackSound => soundIn(session)
const open = (label: string): Promise<void> => openSection(screen, label)
const chooseIn = (field: string, value: string): Promise<void> => choose(screen.field(field), value)

test('note values stand in a list by their length', async () => {
  await open('Arp')

  const rates = [...screen.field('Rate').querySelectorAll('option')].map(({ value }) => value)

  expect(rates).toEqual(['1/32', '1/16T', '1/16', '1/8T', '1/8', '1/4'])
})

test('each of the eight arpeggios is taken whole and switched on, with a way back', async () => {
  await open('Arp')
  expect(ARP_PRESETS).toHaveLength(8)

  for (const { name, ...settings } of ARP_PRESETS) {
    await click(screen.button(name))
    expect(sound()).toMatchObject({ ...settings, arp: 'on' })
    expect(screen.button(name).getAttribute('aria-pressed')).toBe('true')
  }
  const last = ARP_PRESETS.at(-1)
  const before = ARP_PRESETS.at(-2)
  await click(screen.button('Undo'))

  expect(screen.button(last?.name ?? '').getAttribute('aria-pressed')).toBe('false')
  expect(screen.button(before?.name ?? '').getAttribute('aria-pressed')).toBe('true')
})

test('an arpeggio that is switched off is no longer the chosen one', async () => {
  await open('Arp')
  await click(screen.button('Classic Up'))

  await click(screen.role('group', 'Arpeggiator').querySelector('button') as HTMLElement)

  expect(sound().arp).toBe('off')
  expect(screen.button('Classic Up').getAttribute('aria-pressed')).toBe('false')
})

test('another track lends its chords, or makes this one duck', async () => {
  session.song.set(songOf([emptyTrack('bos', 'bo', 'bo', 1)]))
  await nextTick()
  await open('Arp')
  await chooseIn('Notes from', 'bos')
  await open('Effects')
  await chooseIn('Makes way for', 'bos')

  const mine = session.song.read().tracks.find(({ id }) => id === session.myTrackId.read())
  expect(mine?.sound).toMatchObject({ arpFeed: 'bos', duckBy: 'bos' })
  await chooseIn('Makes way for', '')
  expect(
    session.song.read().tracks.find(({ id }) => id === session.myTrackId.read())?.sound.duckBy,
  ).toBe('')
})

test('my own track is not among those that lend something', async () => {
  session.song.set(
    songOf([
      emptyTrack(session.myTrackId.read(), 'me', 'ana', 0),
      emptyTrack('bos', 'bo', 'bo', 1),
    ]),
  )
  await nextTick()
  await open('Effects')

  const options = [...screen.field('Makes way for').querySelectorAll('option')]

  expect(options.map(({ value }) => value as TrackId)).toEqual(['', 'bos'])
})
