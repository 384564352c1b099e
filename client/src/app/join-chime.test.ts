import { expect, test } from 'vitest'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { isInScale, SCALES, type PitchClass, type ScaleName } from '../sequence/scale.ts'
import { EMPTY_SONG, type Song } from '../sequence/song.ts'
import { chimePitches, createJoinChime } from './join-chime.ts'
import type { Notice } from './session-types.ts'

function drawerOf() {
  const kept = new Map<string, string>()
  return {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string) => void kept.set(key, value),
  }
}

function room(drawer = drawerOf()) {
  const events = createEvents<{ notice: [Notice] }>()
  const timers = createFakeTimers()
  const rung: string[] = []
  const chime = createJoinChime({
    song: createLive<Song>({ ...EMPTY_SONG, root: 9, scale: 'natural minor' }),
    onNotice: (listener) => events.on('notice', listener),
    timers,
    drawer,
    untilBeatMs: () => 230,
    ring: (pitches, waitMs) => void rung.push(`${pitches.join()} in ${waitMs}`),
  })
  const tell = (kind: 'joined' | 'left'): void => {
    events.emit('notice', { kind, name: 'bo', colour: 1 })
  }
  return { ...chime, timers, rung, tell, drawer }
}

test('somebody who joins is heard on the next beat, as root and fifth; who leaves is not', () => {
  const { rung, tell } = room()

  tell('joined')
  tell('left')

  expect(rung).toEqual(['81,88 in 230'])
})

test('a crowd that comes in at once is one chime in two seconds', () => {
  const { rung, tell, timers } = room()

  for (let count = 0; count < 40; count++) {
    tell('joined')
    timers.advance(100)
  }

  expect(rung).toHaveLength(2)
})

test('it can be switched off, which the device remembers', () => {
  const first = room()
  first.setChimes(false)
  first.tell('joined')
  expect(first.rung).toEqual([])

  const again = room(first.drawer)
  again.tell('joined')
  expect(again.rung).toEqual([])
  again.setChimes(true)
  again.tell('joined')

  expect(again.rung).toHaveLength(1)
})

test.each(Object.keys(SCALES) as ScaleName[])('both notes are in the scale: %s', (scale) => {
  for (let root = 0; root < 12; root++) {
    const key = { root: root as PitchClass, scale }
    const [first = 0, second = 0] = chimePitches(key)

    expect(isInScale(first, key.root, scale)).toBe(true)
    expect(isInScale(second, key.root, scale)).toBe(true)
    expect(second).toBeGreaterThan(first)
  }
})
