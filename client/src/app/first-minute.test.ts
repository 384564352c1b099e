import { expect, test } from 'vitest'
import type { EditStep } from '../jam/edit-history.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createFirstMinute } from './first-minute.ts'
import type { Person } from './states.ts'

const personOf = (id: string, isMe = false): Person => ({
  id,
  name: id,
  colour: 0,
  isMe,
  presence: 'here',
  role: 'player',
  link: isMe ? 'self' : 'direct',
  hears: true,
})

function drawerOf() {
  const kept = new Map<string, string>()
  return {
    read: (key: string) => kept.get(key),
    write: (key: string, value: string) => void kept.set(key, value),
  }
}

function desk(drawer = drawerOf()) {
  const history = createLive<readonly EditStep[]>([])
  const transport = createLive({ playing: false })
  const people = createLive<readonly Person[]>([personOf('ana', true)])
  const timers = createFakeTimers()
  const first = createFirstMinute({ history, transport, people, drawer, timers })
  const done = (): readonly string[] | undefined => {
    const steps = first.firstSteps.read()
    return steps && [...steps]
  }
  const edit = (kind: EditStep['kind']): void => {
    history.set([...history.read(), { kind, id: history.read().length + 1, isUndone: false }])
  }
  return { ...first, transport, people, timers, done, edit, drawer }
}

test('each step ticks itself off, and all of them go for good a moment later', () => {
  const { done, edit, transport, people, timers, drawer } = desk()
  expect(done()).toEqual([])

  edit('scale')
  expect(done()).toEqual([])
  edit('write-note')
  transport.set({ playing: true })
  transport.set({ playing: false })
  expect(done()).toEqual(['note', 'play'])
  people.set([personOf('ana', true), personOf('bo')])
  expect(done()).toEqual(['note', 'play', 'invite'])
  timers.advance(4000)

  expect(done()).toBeUndefined()
  expect(desk(drawer).done()).toBeUndefined()
})

test('what a hand played and wrote is a note too', () => {
  const { done, edit } = desk()
  edit('play')
  expect(done()).toEqual(['note'])
})

test('an invite that was copied is one, also while nobody has come yet', () => {
  const { done, invited } = desk()

  invited()
  invited()

  expect(done()).toEqual(['invite'])
})

test('whoever has seen enough is never shown them again', () => {
  const { done, dismiss, edit, timers, drawer } = desk()

  dismiss()
  edit('write-note')

  expect(done()).toBeUndefined()
  expect(timers.waiting()).toBe(0)
  expect(desk(drawer).done()).toBeUndefined()
})
