import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { LinkState } from '../net/mesh.ts'
import type { Trouble } from './states.ts'
import { createTroubles } from './troubles.ts'

const BO = 'bo' as PeerId
const OPEN: LinkState = { status: 'open' }
const CONNECTING: LinkState = { status: 'connecting' }
const UNSTEADY: LinkState = { status: 'unsteady' }
const RELAYED: LinkState = { status: 'relayed' }
const UNREACHABLE: LinkState = { status: 'unreachable', retryAtMs: 1 }

function watch(...course: readonly LinkState[]) {
  const links = createLive<ReadonlyMap<PeerId, LinkState>>(new Map())
  let nowMs = 0
  const troubles = createTroubles(links, () => nowMs)
  for (const state of course) {
    nowMs += 1
    links.set(new Map([[BO, state]]))
  }
  return { links, troubles }
}

test.each<[readonly LinkState[], Trouble['kind'] | undefined]>([
  [[CONNECTING, OPEN], undefined],
  [[CONNECTING, OPEN, UNSTEADY], 'silent'],
  [[CONNECTING, UNREACHABLE], 'no-way'],
  [[CONNECTING, RELAYED], 'no-direct-way'],
  [[CONNECTING, OPEN, RELAYED], 'lost-direct-way'],
  [[CONNECTING, OPEN, UNSTEADY, RELAYED], 'lost-direct-way'],
])('of %j the trouble is %s', (course, kind) => {
  expect(watch(...course).troubles.lastOf(BO)?.kind).toBe(kind)
})

test('trouble is remembered after it is over, with when it began', () => {
  const { troubles } = watch(CONNECTING, OPEN, UNSTEADY, UNSTEADY, OPEN)

  expect(troubles.lastOf(BO)).toEqual({ kind: 'silent', atMs: 3 })
})

test('who was cut off, and by whom, is remembered with the rule', () => {
  const { links, troubles } = watch(CONNECTING, OPEN)

  troubles.cutOff({ peer: BO, by: 'us', code: 'too-fast' })
  links.set(new Map())

  expect(troubles.lastOf(BO)).toEqual({ kind: 'cut-off', atMs: 2, code: 'too-fast' })
  troubles.cutOff({ peer: BO, by: 'them', code: 'too-fast' })
  expect(troubles.lastOf(BO)?.kind).toBe('cut-off-by-them')
})

test('after its end nothing is taken note of', () => {
  const { links, troubles } = watch(CONNECTING, OPEN)
  troubles.close()

  links.set(new Map([[BO, UNSTEADY]]))

  expect(troubles.lastOf(BO)).toBeUndefined()
})
