import { expect, test } from 'vitest'
import type { PeerId, ServerMessage } from '@beatcord/shared'
import { createManualClock, type ManualClock } from './manual-clock.ts'
import type { Occupant, Room, Seat } from './room-types.ts'
import { createRoom } from './room.ts'

interface Member {
  readonly id: PeerId
  readonly occupant: Occupant
  /** What it was told, in order. */
  readonly heard: readonly (ServerMessage | string)[]
}

interface Stage {
  readonly room: Room
  readonly clock: ManualClock
  readonly emptied: () => number
  readonly here: () => number
}

function stageOf(cap = 3): Stage {
  const clock = createManualClock()
  let emptied = 0
  let here = 0
  const room = createRoom({
    cap,
    goneAfterMs: 20_000,
    inactivityTimeoutMs: 300_000,
    serverId: 'one',
    clock,
    isHushed: () => false,
    onEmpty: () => (emptied += 1),
    onHere: (before, after) => (here += after - before),
  })
  return { room, clock, emptied: () => emptied, here: () => here }
}

function member(name: string, log: string[] = []): Member {
  const heard: (ServerMessage | string)[] = []
  const occupant: Occupant = {
    tell: (message) => void heard.push(message),
    end(verdict) {
      heard.push(verdict)
      log.push(`${name} ${verdict}`)
    },
    restand: () => void heard.push('restand'),
    outlet: { pass: () => true, onceFree: () => () => undefined },
  }
  return { id: name.padEnd(26, 'z') as PeerId, occupant, heard }
}

/** Takes a seat at once; undefined where there is none. */
function join(room: Room, peerId: PeerId, sealed: string, occupant: Occupant): Seat | undefined {
  const outcome = room.join({ peerId, sealed, occupant })
  return typeof outcome === 'object' ? outcome : undefined
}

test('[SIG10] the old occupant is ended before anyone hears of the new one', () => {
  const { room } = stageOf()
  const log: string[] = []
  const ana = member('ana')
  const bo = member('bo', log)
  const { heard, ...listening } = ana
  join(room, ana.id, '', {
    ...listening.occupant,
    tell: (message) => void log.push(`ana hears ${message.type}`),
  })
  join(room, bo.id, '', bo.occupant)
  log.length = 0

  const seat = join(room, bo.id, 'new', member('bo').occupant)

  expect(log).toEqual(['bo replaced', 'ana hears peer-changed'])
  expect(seat?.roster()).toHaveLength(1)
  expect(heard).toEqual([])
})

test('[SIG10] the old seat does nothing once another sits on it', () => {
  const { room, clock } = stageOf()
  const ana = member('ana')
  const bo = member('bo')
  join(room, ana.id, '', ana.occupant)
  const old = join(room, bo.id, '', bo.occupant)
  const seat = join(room, bo.id, '', member('bo').occupant)
  const toldBefore = ana.heard.length

  old?.vacate()
  old?.leave()
  old?.setSealed('forged')
  old?.active('input')
  const passed = old?.signal(ana.id, 'forged')
  clock.advance(30_000)

  expect(passed).toBe(false)
  expect(ana.heard).toHaveLength(toldBefore)
  expect(seat?.signal(ana.id, 'real')).toBe(true)
})

test('[SIG11] a full room takes nobody but whom it holds a seat for', () => {
  const { room } = stageOf(2)
  const [ana, bo, cy] = [member('ana'), member('bo'), member('cy')]
  join(room, ana.id, '', ana.occupant)
  join(room, bo.id, '', bo.occupant)?.vacate()

  expect(join(room, cy.id, '', cy.occupant)).toBeUndefined()
  expect(join(room, bo.id, '', bo.occupant)).toBeDefined()
  expect(
    ana.heard.map((message) => (typeof message === 'string' ? message : message.type)),
  ).toEqual(['peer-joined', 'peer-changed', 'peer-changed'])
})

test('[SIG12] a room is empty when its last seat is gone, not when it is away', () => {
  const { room, clock, emptied } = stageOf()
  const ana = member('ana')
  join(room, ana.id, '', ana.occupant)?.vacate()

  clock.advance(19_999)
  const before = emptied()
  clock.advance(1)

  expect(before).toBe(0)
  expect(emptied()).toBe(1)
})

test('[SIG12] one who is away is not idle', () => {
  const { room, clock } = stageOf()
  const ana = member('ana')
  const bo = member('bo')
  const seat = join(room, ana.id, '', ana.occupant)
  const listening = join(room, bo.id, '', bo.occupant)
  clock.advance(290_000)
  listening?.active('input')
  seat?.vacate()

  clock.advance(20_000)

  expect(ana.heard).not.toContain('idle')
  expect(bo.heard).toContainEqual({ type: 'peer-gone', peerId: ana.id, reason: 'timeout' })
})

test('[SIG13] leaving twice is announced once', () => {
  const { room } = stageOf()
  const ana = member('ana')
  const bo = member('bo')
  join(room, ana.id, '', ana.occupant)
  const seat = join(room, bo.id, '', bo.occupant)

  seat?.leave()
  seat?.leave()
  seat?.vacate()

  expect(ana.heard.slice(1)).toEqual([{ type: 'peer-gone', peerId: bo.id, reason: 'left' }])
})

test('[SIG18] a room that closes tells nobody and waits for nothing', () => {
  const { room, clock, emptied, here } = stageOf()
  const ana = member('ana')
  const bo = member('bo')
  const seat = join(room, ana.id, '', ana.occupant)
  join(room, bo.id, '', bo.occupant)?.vacate()
  const told = ana.heard.length

  room.close()
  seat?.vacate()
  clock.advance(10_000_000)

  expect(ana.heard).toHaveLength(told)
  expect(emptied()).toBe(0)
  expect(here()).toBe(0)
})
