import type { PeerId, RosterEntry } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import type { LiveSource } from '../lib/live.ts'
import { createFakeTimers } from './fake-timers.ts'
import type { FakeTimers } from './fake-timers.ts'
import { createFakeWires } from './fake-wires.ts'
import type { FakeWires } from './fake-wires.ts'
import { plainStanding } from './plain-standing.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { open, seal } from './seal.ts'
import type { SignalClient, SignalState } from './signal-client-types.ts'
import { createWebRtcMesh } from './webrtc-mesh.ts'
import type { WebRtcMesh } from './webrtc-mesh.ts'

const [ANA, BO, ME, ZOE] = ['a', 'b', 'm', 'z'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
  PeerId,
]
const { signalKey, relayKey } = await deriveRoomKeys(createRoomSecret())
const PAGE = 'pageofana0000001'

interface Given {
  readonly mesh: WebRtcMesh
  readonly wires: FakeWires
  readonly timers: FakeTimers
  readonly said: (readonly [PeerId, string])[]
  readonly self: LiveSource<PeerId | undefined>
  readonly reports: string[]
  readonly cuts: string[]
  seat(...peers: readonly PeerId[]): void
  hear(from: PeerId, data: string): void
  hide(): void
}

/** A mesh whose signal client is spoken for by the test, over wires that do as they are told. */
function given(...peers: readonly PeerId[]): Given {
  const timers = createFakeTimers()
  const wires = createFakeWires(timers)
  const events = createEvents<{ signal: [PeerId, string]; hide: [] }>()
  const roster = createLive<ReadonlyMap<PeerId, RosterEntry>>(new Map())
  const self = createLive<PeerId | undefined>(ME)
  const said: [PeerId, string][] = []
  const reports: string[] = []
  const cuts: string[] = []
  const nothing = (): void => undefined
  const seat = (...ids: readonly PeerId[]): void => {
    roster.set(
      new Map(
        ids.map((peerId) => [peerId, { peerId, presence: 'here', role: 'player', sealed: '' }]),
      ),
    )
  }
  const signal: SignalClient = {
    state: createLive<SignalState>({ status: 'admitted' }),
    self,
    page: 'pageofme00000001',
    roster,
    iceServers: createLive([]),
    inactivityTimeoutMs: createLive(1),
    ...plainStanding(),
    relay: createLive(false),
    sendRelay: () => false,
    relayBufferedBytes: () => 0,
    onRelay: () => nothing,
    canSignal: (to) => roster.read().has(to),
    sendSignal: (to, data) => said.push([to, data]) > 0,
    onSignal: (listener) => events.on('signal', listener),
    onGone: () => nothing,
    reportLink: (peer, isOpen) => reports.push(`${peer[0] ?? ''} ${String(isOpen)}`),
    suspect: nothing,
    setSealed: nothing,
    reportActive: nothing,
    rejoin: nothing,
    leave: nothing,
    close: nothing,
  }
  seat(...peers)
  const mesh = createWebRtcMesh({
    signal,
    signalKey,
    relayKey,
    createWire: wires.createWire,
    timers,
    wakes: {
      isVisible: () => true,
      onWake: () => nothing,
      onHide: (listener) => events.on('hide', listener),
    },
    random: () => 0.5,
    onCutOff: (peer, code, by) => cuts.push(`${peer[0] ?? ''} ${code} by ${by}`),
  })
  return {
    mesh,
    wires,
    timers,
    said,
    self,
    reports,
    cuts,
    seat,
    hear(from, data) {
      events.emit('signal', from, data)
    },
    hide() {
      events.emit('hide')
    },
  }
}

const offerOf = (from: PeerId, to: PeerId, key = signalKey): Promise<string> => {
  const signal = { type: 'offer', sdp: 'v=0' }
  const body = { kind: 'wire', page: PAGE, seq: 0, attempt: { page: PAGE, n: 1 }, signal }
  return seal(key, JSON.stringify(body), `signal|${from}|${to}`)
}

/** Opening and sealing take real time of their own; this lets them. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

test('it offers to the higher id, sealed for that peer alone, and waits for the lower', async () => {
  const { wires, timers, said } = given(ANA, ZOE)
  timers.advance(1)
  await until(() => said.length > 0)

  expect(wires.made.map(({ offers }) => offers)).toEqual([true])
  const [to, data] = said[0] ?? [ME, '']
  expect(to).toBe(ZOE)
  expect(data).not.toContain('offer')
  expect(await open(signalKey, data, `signal|${ME}|${ZOE}`)).toContain('"type":"offer"')
  expect(await open(signalKey, data, `signal|${ME}|${ANA}`)).toBeUndefined()
})

test('an offer of the lower id is answered', async () => {
  const { mesh, wires, timers, hear, reports } = given(ANA)
  hear(ANA, await offerOf(ANA, ME))
  await until(() => wires.made.length > 0)
  timers.advance(1)

  expect(mesh.peers()).toEqual([ANA])
  expect(reports).toEqual(['a true'])
})

test('[LINK1] no connection is made for whom the server has not introduced', async () => {
  const { mesh, wires, hear } = given(BO)
  hear(ANA, await offerOf(ANA, ME))
  hear(BO, await offerOf(BO, ME))
  await until(() => wires.made.length > 0)

  expect(wires.made).toHaveLength(1)
  expect([...mesh.links.read().keys()]).toEqual([BO])
})

test('signals forged, for others or of another room make no connection', async () => {
  const { wires, hear } = given(ANA)
  const { signalKey: otherKey } = await deriveRoomKeys(createRoomSecret())
  const hostile = [
    await offerOf(ANA, ZOE),
    await offerOf(ZOE, ME),
    await offerOf(ANA, ME, otherKey),
    await seal(signalKey, 'not JSON', `signal|${ANA}|${ME}`),
    '{"type":"offer","sdp":"v=0"}',
    '',
  ]

  for (const data of hostile) hear(ANA, data)
  hear(ANA, await offerOf(ANA, ME))
  await until(() => wires.made.length > 0)

  expect(wires.made).toHaveLength(1)
  expect(wires.newest().heard).toHaveLength(1)
})

test('whoever leaves the roster is unlinked; a new id of ours begins anew', () => {
  const { mesh, wires, timers, seat, self } = given(ZOE)
  timers.advance(1)
  self.set(ANA)
  expect(wires.made.map(({ isClosed }) => isClosed())).toEqual([true, false])

  seat()
  timers.advance(1)

  expect(wires.made.every(({ isClosed }) => isClosed())).toBe(true)
  expect(mesh.links.read().size).toBe(0)
  expect(timers.waiting()).toBe(0)
})

test('a peer that breaks a rule is cut off with its code and stays so', async () => {
  const { mesh, wires, timers, cuts, hear, seat } = given(ANA)
  hear(ANA, await offerOf(ANA, ME))
  await until(() => wires.made.length > 0)
  timers.advance(1)

  wires.newest().events.onFrame('clock', new Uint8Array(257), 1)
  seat(ANA, ZOE)
  timers.advance(60_000)

  expect(cuts).toEqual(['a clock-size by us'])
  expect([...mesh.links.read().keys()]).toEqual([ZOE])
  expect(wires.made[0]?.isClosed()).toBe(true)
})

test('a page that is put away says good-bye on every link', () => {
  const { wires, timers, hide } = given(ZOE)
  timers.advance(1)

  hide()

  expect(wires.newest().isClosed()).toBe(true)
  expect(timers.waiting()).toBe(0)
})

test('at most eight offers are under way at once', () => {
  const ids = Array.from('nopqrstuvwxyz').map((letter) => letter.repeat(26) as PeerId)
  const { mesh, wires, timers } = given(...ids)
  timers.advance(100)

  expect(wires.made).toHaveLength(8)
  expect(mesh.links.read().size).toBe(ids.length)
  timers.advance(8000)
  expect(wires.made.length).toBeGreaterThan(8)
})
