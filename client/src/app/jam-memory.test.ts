import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import { note, trackOf } from '../sound/testing/songs.ts'
import { forgetJamHere } from './forget-jam.ts'
import { readMemories, rememberJam } from './jam-memory.ts'
import { createRecentJams } from './recent-jams.ts'
import type { Person } from './states.ts'
import type { Drawer } from './storage.ts'

const HREF = '/jam#attic'
const drawerOf = (entries: Readonly<Record<string, string>> = {}): Drawer => {
  const kept = new Map(Object.entries(entries))
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}
const person = (name: string, colour = 0): Person => ({
  id: name,
  name,
  colour,
  isMe: name === 'ana',
  presence: 'here',
  role: 'player',
  link: 'direct',
  hears: true,
})
const songOf = (...steps: number[]): Song => ({
  ...EMPTY_SONG,
  tracks: [
    trackOf(
      steps.map((step) => note(step, 60)),
      { colour: 3 },
    ),
  ],
})

/** Somebody in the attic, which is on the list of recent jams. */
function jam(drawer = drawerOf()) {
  const timers = createFakeTimers()
  const recent = createRecentJams(drawer)
  recent.add({ kind: 'open', name: 'attic' }, timers.wallMs())
  const people = createLive<readonly Person[]>([person('ana')])
  const song = createLive<Song>(songOf(0))
  const hidden = createLive<ReadonlySet<string>>(new Set())
  const href = createLive(HREF)
  const page = new EventTarget() as Window
  const begin = () => rememberJam({ page, drawer, timers, song, people, hidden, href: href.read })
  return { drawer, timers, recent, people, song, hidden, href, page, begin }
}

test('a jam is remembered by its first bar and by who was there, the latest first, each once', () => {
  const { drawer, timers, people, song, begin } = jam()
  const { close: end } = begin()
  people.set([person('ana'), person('bo', 1)])
  people.set([person('ana'), person('bo', 1), person('cy', 2)])
  people.set([person('ana')])
  song.set(songOf(0, 4))
  timers.advance(10_000)

  const memory = readMemories(drawer).get(HREF)
  expect(memory?.people).toEqual([
    { name: 'cy', colour: 2 },
    { name: 'bo', colour: 1 },
  ])
  expect(memory?.rows).toMatchObject([
    { colour: 3, steps: 16, strokes: [{ step: 0 }, { step: 4 }] },
  ])
  expect(memory?.atMs).toBe(timers.wallMs())
  end()
})

test('what the page shows when it is left is what is remembered, and whom one met before stays', () => {
  const { drawer, song, people, page, begin } = jam()
  people.set([person('ana'), person('bo')])
  begin().close()
  people.set([person('ana'), person('cy')])
  const { flush } = begin()
  song.set(songOf(0, 1))
  flush()
  expect(readMemories(drawer).get(HREF)?.rows[0]?.strokes).toHaveLength(2)
  song.set(songOf(0, 1, 2))

  page.dispatchEvent(new Event('pagehide'))

  const memory = readMemories(drawer).get(HREF)
  expect(memory?.people.map(({ name }) => name)).toEqual(['cy', 'bo'])
  expect(memory?.rows[0]?.strokes).toHaveLength(3)
})

test('nobody is remembered whom this person hides', () => {
  const { drawer, people, hidden, begin } = jam()
  people.set([person('ana'), person('bo'), person('cy')])
  begin().close()
  hidden.set(new Set(['bo']))

  begin().close()

  expect(
    readMemories(drawer)
      .get(HREF)
      ?.people.map(({ name }) => name),
  ).toEqual(['cy'])
})

test('a jam that is taken off the list while one is in it leaves nothing behind', () => {
  const { drawer, recent, begin } = jam()
  const { close: end } = begin()
  expect(readMemories(drawer).size).toBe(1)

  recent.forget(HREF)
  end()

  expect(drawer.read('jam-memories')).toBe('[]')
})

test('a jam that moves is remembered under its new address alone', () => {
  const { drawer, recent, href, timers, begin } = jam()
  begin()
  recent.forget(HREF)
  recent.add({ kind: 'open', name: 'cellar' }, timers.wallMs())
  href.set('/jam#cellar')

  timers.advance(10_000)

  expect([...readMemories(drawer).keys()]).toEqual(['/jam#cellar'])
})

test('“Forget” forgets the picture and the names too, and no other jam', async () => {
  const { drawer, recent, href, timers, begin } = jam()
  begin().close()
  recent.add({ kind: 'open', name: 'cellar' }, timers.wallMs())
  href.set('/jam#cellar')
  begin().close()

  await forgetJamHere(HREF, drawer).catch(() => undefined)

  expect([...readMemories(drawer).keys()]).toEqual(['/jam#cellar'])
})

test.each([
  'junk',
  'null',
  '{}',
  '[null, 5, {}]',
  '[{"href":5,"atMs":1,"people":[],"rows":[]}]',
  '[{"href":"/jam#attic","atMs":"x","people":[],"rows":[]}]',
  '[{"href":"/jam#attic","atMs":1,"people":5,"rows":[]}]',
])('a drawer that holds %j remembers nothing', (text) => {
  expect(readMemories(drawerOf({ 'jam-memories': text })).size).toBe(0)
})

test('of what is damaged in a memory the rest is kept, and there is never too much of it', () => {
  const row = { colour: 1, steps: 16, strokes: [{ step: 0, strength: 1 }] }
  const rows = [
    null,
    { ...row, steps: 1e9 },
    { ...row, steps: 1.5 },
    { ...row, strokes: 'x' },
    {
      colour: 'red',
      steps: 4,
      strokes: [null, { step: 9, strength: 1 }, { step: 1, strength: 5 }, ...row.strokes],
    },
    ...Array.from({ length: 50 }, () => row),
  ]
  const people = [
    null,
    { name: '' },
    { name: '\u202Ebo', colour: 'red' },
    { name: 'bo', colour: 2 },
    ...Array.from({ length: 50 }, (_, at) => ({ name: `cy ${String(at)}`, colour: 0 })),
  ]
  const text = JSON.stringify([{ href: HREF, atMs: 1, people, rows }])

  const memory = readMemories(drawerOf({ 'jam-memories': text })).get(HREF)

  expect(memory?.rows.length).toBeLessThanOrEqual(8)
  expect(memory?.rows[0]).toEqual({ colour: 0, steps: 4, strokes: [{ step: 0, strength: 1 }] })
  expect(memory?.people).toHaveLength(6)
  expect(memory?.people.slice(0, 2)).toEqual([
    { name: 'bo', colour: 0 },
    { name: 'cy 0', colour: 0 },
  ])
})
