import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { Engine } from '../sound/engine-types.ts'
import { parseAddress } from './invite.ts'
import { createClickDesk } from './click.ts'
import { createGlideBars } from './glide-bars.ts'
import { createRecentJams } from './recent-jams.ts'
import { createDrawer, type Drawer } from './storage.ts'
import { createVolume } from './volume.ts'

const drawerOf = (entries: Readonly<Record<string, string>> = {}): Drawer => {
  const kept = new Map(Object.entries(entries))
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}
const open = (name: string) => ({ kind: 'open', name }) as const

test('jams are remembered with the latest first, each once, at most eight', () => {
  const drawer = drawerOf()
  const recent = createRecentJams(drawer)
  for (let index = 0; index < 10; index++) recent.add(open(`room ${index}`), index)
  recent.add(open('room 5'), 99)

  const labels = createRecentJams(drawer)
    .jams.read()
    .map(({ label }) => label)

  expect(labels).toHaveLength(8)
  expect(labels.slice(0, 2)).toEqual(['room 5', 'room 9'])
})

test('a private jam comes back with its key', () => {
  const drawer = drawerOf()
  const address = {
    kind: 'private',
    label: 'amber-otter',
    secret: new Uint8Array(16).fill(7),
  } as const

  createRecentJams(drawer).add(address, 1)

  const href = createRecentJams(drawer).jams.read()[0]?.href ?? ''
  expect(parseAddress(href.slice('/jam'.length))).toEqual(address)
})

test('a forgotten jam stays forgotten', () => {
  const drawer = drawerOf()
  const recent = createRecentJams(drawer)
  recent.add(open('attic'), 1)

  recent.forget('/jam#attic')

  expect(createRecentJams(drawer).jams.read()).toEqual([])
})

test.each([
  'junk',
  'null',
  '5',
  '[null, 5, {"href":"javascript:alert(1)","lastMs":1}]',
  '[{"href":"/jam#~x","lastMs":1}]',
])('a drawer full of %j holds no jams', (recent) => {
  expect(createRecentJams(drawerOf({ recent })).jams.read()).toEqual([])
})

test('a browser without storage forgets and does not fail', () => {
  const drawer = createDrawer(() => {
    throw new Error('storage is off')
  })

  drawer.write('name', 'ana')

  expect(drawer.read('name')).toBeUndefined()
})

test('the volume is remembered, applied to the engine when it comes, and kept within 0 to 1', () => {
  const drawer = drawerOf({ volume: '0.25' })
  const engine = createLive<Engine | undefined>(undefined)
  const { volume, set } = createVolume(drawer, engine)
  const heard: number[] = []
  engine.set({ setVolume: (level: number) => heard.push(level) } as unknown as Engine)
  set(7)
  set(NaN)

  expect(volume.read()).toBe(1)
  expect(heard).toEqual([0.25, 1])
  expect(drawer.read('volume')).toBe('1')
})

test('a volume that is no number is the usual one', () => {
  expect(createVolume(drawerOf({ volume: 'loud' }), createLive(undefined)).volume.read()).toBe(0.8)
})

test('metronome and count-in are remembered, and told to the engine when there is one', () => {
  const drawer = drawerOf()
  createClickDesk(drawer, createLive(undefined)).set({ metronome: true, level: 7 })
  const engine = createLive<Engine | undefined>(undefined)
  const told: unknown[] = []

  const { click, set } = createClickDesk(drawer, engine)
  engine.set({ setClick: (settings) => told.push(settings) } as Partial<Engine> as Engine)

  expect(click.read()).toEqual({ metronome: true, countIn: false, level: 1 })
  expect(told).toEqual([click.read()])
  set({ countIn: true })
  expect(told.at(-1)).toEqual({ metronome: true, countIn: true, level: 1 })
})

test.each(['', 'junk', 'null', '[1]', '{"metronome":"yes","level":"loud"}'])(
  'a drawer that holds %j leaves the click as it is at first',
  (text) => {
    const { click } = createClickDesk(drawerOf({ click: text }), createLive(undefined))

    expect(click.read()).toEqual({ metronome: false, countIn: false, level: 0.5 })
  },
)

test('the bars of a glide are remembered, and only those there are', () => {
  const drawer = drawerOf()
  createGlideBars(drawer).set(4)
  createGlideBars(drawer).set(3)

  expect(createGlideBars(drawer).bars.read()).toBe(4)
  expect(createGlideBars(drawerOf({ 'glide-bars': 'x' })).bars.read()).toBe(0)
})
