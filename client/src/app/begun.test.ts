import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { watchBegun } from './begun.ts'
import type { SoundState, SyncState } from './session-types.ts'

function stage() {
  const timers = createFakeTimers()
  const audible = createLive(false)
  const sound = createLive<SoundState>({ status: 'locked' })
  const sync = createLive<SyncState>({ status: 'syncing' })
  const transport = createLive({ playing: false })
  const isOut = createLive(false)
  const state = createLive({ status: 'connecting' })
  const roster = createLive({ size: 0 })
  const begun = watchBegun({
    audible,
    output: { state: sound },
    jam: { clock: { state: sync } },
    transport: { view: transport },
    signal: { state, roster },
    isOut,
    timers,
  })
  return { timers, isOut, audible, sound, sync, transport, state, roster, ...begun }
}

test('a jam has begun with its first sound, and stays so in silence', () => {
  const { audible, sync, transport, hasBegun } = stage()
  transport.set({ playing: true })
  sync.set({ status: 'in-time', errorMs: 1 })
  expect(hasBegun.read()).toBe(false)

  audible.set(true)
  audible.set(false)

  expect(hasBegun.read()).toBe(true)
})

test.each([
  { status: 'alone' },
  { status: 'in-time', errorMs: 1 },
  { status: 'drifting', errorMs: 90 },
] as const)('with the transport known to stand nothing is waited for: $status', (state) => {
  const { sync, hasBegun } = stage()
  expect(hasBegun.read()).toBe(false)

  sync.set(state)

  expect(hasBegun.read()).toBe(true)
})

test.each([
  { status: 'failed', reason: 'no worklet' },
  { status: 'unsupported', insecure: true },
] as const)('where no sound can come none is waited for: $status', (state) => {
  const { sound, hasBegun } = stage()

  sound.set(state)

  expect(hasBegun.read()).toBe(true)
})

test('whoever finds nobody in the room waits for nothing', () => {
  const { state, roster, hasBegun } = stage()
  roster.set({ size: 1 })
  state.set({ status: 'admitted' })
  expect(hasBegun.read()).toBe(false)

  roster.set({ size: 0 })

  expect(hasBegun.read()).toBe(true)
})

test('no sound is waited for beyond three seconds', () => {
  const { timers, hasBegun } = stage()
  timers.advance(2999)
  expect(hasBegun.read()).toBe(false)

  timers.advance(1)

  expect(hasBegun.read()).toBe(true)
})

test('once begun, or closed, it watches nothing', () => {
  const closed = stage()
  closed.close()
  closed.audible.set(true)
  expect(closed.hasBegun.read()).toBe(false)

  const begun = stage()
  begun.audible.set(true)
  expect([closed.timers.waiting(), begun.timers.waiting()]).toEqual([0, 0])
})

test('who has no place in the room waits for no sound of it', () => {
  const { isOut, hasBegun } = stage()

  isOut.set(true)

  expect(hasBegun.read()).toBe(true)
})
