import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { initialTransport, withTempo } from '../clock/tempo-map.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import type { Song } from '../sequence/song.ts'
import {
  createRecording,
  MOST_TAKE_BYTES,
  songAfter,
  type Take,
  type TakeStore,
  thin,
} from './recording.ts'
import { ANAS_TRACK, BOS_TRACK, createSongCopy, receive } from './testing.ts'

function createMemory(): TakeStore & { readonly takes: () => readonly Take[] } {
  let takes: readonly Take[] = []
  return {
    takes: () => takes,
    read: () => Promise.resolve(takes),
    add(take) {
      takes = [...takes, take]
      return Promise.resolve()
    },
    replace(next) {
      takes = next
      return Promise.resolve()
    },
  }
}

function stage(store = createMemory()) {
  const ana = createSongCopy()
  const timers = createFakeTimers(0)
  const copy = createLive({ doc: ana.doc })
  const recording = createRecording({ copy, store, timers })
  return { ana, timers, copy, store, recording }
}

const notesOf = ({ song }: { readonly song: Song }): readonly string[] =>
  song.tracks.flatMap(({ patterns }) => [...patterns.a.keys()])
/** What stood in the song after each take. */
const storyOf = (takes: readonly Take[]): readonly (readonly string[])[] =>
  takes.map((_, at) => notesOf(songAfter(takes.slice(0, at + 1))))

test('each second in which something was written is a moment of the song, by whomever', async () => {
  const { ana, timers, recording } = stage()
  const bo = createSongCopy(BOS_TRACK)
  const startMs = timers.wallMs()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 60)
  ana.verbs.toggleNote(ANAS_TRACK, 2, 60)
  timers.advance(5000)
  bo.verbs.toggleNote(BOS_TRACK, 9, 40)
  for (const update of bo.sent) receive(ana, update)
  timers.advance(5000)
  ana.verbs.toggleNote(ANAS_TRACK, 1, 60)

  const takes = await recording.takes()

  expect(storyOf(takes)).toEqual([[], ['1/60', '2/60'], ['1/60', '2/60', '9/40'], ['2/60', '9/40']])
  expect(takes.map(({ atMs }) => atMs - startMs)).toEqual([0, 1000, 6000, 10_000])
})

test('a page that is loaded anew goes on, and what was written meanwhile is in it', async () => {
  const first = stage()
  first.ana.verbs.toggleNote(ANAS_TRACK, 1, 60)
  first.recording.close()
  await first.recording.takes()
  const second = stage(first.store)
  second.ana.verbs.toggleNote(ANAS_TRACK, 5, 60)

  const takes = await second.recording.takes()

  expect(storyOf(takes)).toEqual([[], ['1/60'], [], ['5/60']])
})

test('another copy of the song that is taken is recorded from then on', async () => {
  const { ana, timers, copy, recording } = stage()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 60)
  timers.advance(2000)
  const other = createSongCopy(BOS_TRACK)
  other.verbs.toggleNote(BOS_TRACK, 3, 50)
  copy.set({ doc: other.doc })
  ana.verbs.toggleNote(ANAS_TRACK, 2, 60)
  other.verbs.toggleNote(BOS_TRACK, 4, 50)

  expect(storyOf(await recording.takes())).toEqual([[], ['1/60'], ['3/50'], ['3/50', '4/50']])
})

test('the older half becomes one moment when there is too much of it, and no song is lost', async () => {
  const { ana, timers, recording, store } = stage()
  const words = 'x'.repeat(MOST_TAKE_BYTES / 8)
  for (let step = 0; step < 12; step++) {
    ana.verbs.toggleNote(ANAS_TRACK, step, 60)
    ana.doc.getMap('room').set('junk', words)
    timers.advance(2000)
    await recording.takes()
  }

  const takes = store.takes()
  expect(takes.reduce((sum, { update }) => sum + update.length, 0)).toBeLessThan(MOST_TAKE_BYTES)
  expect(takes.length).toBeLessThan(13)
  expect(takes[0]?.isWhole).toBe(true)
  expect(notesOf(songAfter(takes))).toHaveLength(12)
})

test('thinning out keeps the newer half as it is', () => {
  const ana = createSongCopy()
  for (let step = 0; step < 5; step++) ana.verbs.toggleNote(ANAS_TRACK, step, 60)
  const takes = ana.sent.map((update, at) => ({
    atMs: at,
    update: new Uint8Array(update),
    isWhole: at === 0,
  }))

  const [older, ...newer] = thin(takes)

  expect(newer).toEqual(takes.slice(3))
  expect(older).toMatchObject({ atMs: 2, isWhole: true })
  expect(older && notesOf(songAfter([older]))).toEqual(['0/60', '1/60', '2/60'])
  expect(thin([])).toEqual([])
})

test('what is cleared is gone, and recording goes on', async () => {
  const { ana, recording } = stage()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 60)
  await recording.clear()
  ana.verbs.toggleNote(ANAS_TRACK, 2, 60)

  expect(storyOf(await recording.takes())).toEqual([['1/60'], ['1/60', '2/60']])
})

test('a damaged take is passed over', () => {
  const ana = createSongCopy()
  ana.verbs.toggleNote(ANAS_TRACK, 1, 60)
  const whole = { atMs: 0, update: new Uint8Array(Y.encodeStateAsUpdate(ana.doc)), isWhole: true }

  const after = songAfter([whole, { atMs: 1, update: Uint8Array.of(7, 7, 7), isWhole: false }])

  expect(notesOf(after)).toEqual(['1/60'])
})

test('the tempo is that of its time', () => {
  const ana = createSongCopy()
  const told = withTempo(initialTransport('one'), 133, 0, 0, 'ana')
  ana.doc.getMap('room').set('transport', told)
  const whole = { atMs: 0, update: new Uint8Array(Y.encodeStateAsUpdate(ana.doc)), isWhole: true }

  expect(songAfter([whole]).bpm).toBe(133)
  expect(songAfter([]).bpm).toBe(120)
})
