import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { afterEach, expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { LiveSource } from '../lib/live.ts'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createPageName } from './page-name.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { createSignalHub } from './signal-hub.ts'
import type { SignalHub } from './signal-hub.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import { countTimers, createDeadWire, isFullMesh, openTestTab, until } from './test-tab.ts'
import type { TestTab } from './test-tab.ts'
import { createTimers } from './timers.ts'

const keys = await deriveRoomKeys(createRoomSecret())

interface LivingTab extends TestTab {
  readonly connections: readonly RTCPeerConnection[]
  readonly timersLeft: () => number
  readonly relayOnly: LiveSource<boolean>
}

const tabs: TestTab[] = []
afterEach(() => {
  for (const { mesh } of tabs.splice(0)) mesh.close()
})

function join(hub: SignalHub, hasWires = true): LivingTab {
  const platform = { PeerConnection, ...polyfill } as unknown as NodeWebRtc
  const { wrtc, connections } = createNodeWrtc(platform)
  const { timers, timersLeft } = countTimers(createTimers())
  const relayOnly = createLive(false)
  const signal = hub.join()
  const createWire = hasWires
    ? createSimplePeerWires({ iceServers: () => [], relayOnly, now: timers.now, wrtc })
    : createDeadWire
  const tab = openTestTab({ id: signal.id, signal, keys, createWire, timers, relayOnly })
  tabs.push(tab)
  return { ...tab, connections, timersLeft, relayOnly }
}

const newHub = (relays: boolean): SignalHub => createSignalHub(() => performance.now(), relays)

const areClosed = (all: readonly LivingTab[]): boolean =>
  all.every(({ connections }) => connections.every((each) => each.connectionState === 'closed'))

test('fifty meshes made and closed, at any moment of their lives, leave no connection and no timer', async () => {
  const all: LivingTab[] = []
  for (let round = 0; round < 25; round++) {
    const hub = newHub(true)
    const hasWires = round % 3 !== 0
    const pair = [join(hub, hasWires), join(hub, hasWires)]
    all.push(...pair)
    // Closed at once, while they meet, or when they have met.
    const areMeeting = (): boolean => pair.some(({ connections }) => connections.length > 0)
    if (round % 5 === 1 && hasWires) await until(areMeeting)
    if (round % 5 === 2) await until(() => isFullMesh(pair))
    if (round % 5 === 3) pair[0]?.mesh.cutOff(pair[1]?.id ?? pair[0].id, 'test')
    for (const { mesh } of pair) mesh.close()
    expect(pair.map(({ timersLeft }) => timersLeft())).toEqual([0, 0])
  }
  await until(() => areClosed(all))

  expect(all.map(({ timersLeft }) => timersLeft())).toEqual(all.map(() => 0))
  expect(all).toHaveLength(50)
  expect(all.flatMap(({ mesh }) => [...mesh.peers(), ...mesh.links.read().keys()])).toEqual([])
}, 30_000)

test('[LINK17] hiding the address makes every connection anew', async () => {
  const hub = newHub(false)
  const [ana, bo] = [join(hub), join(hub)]
  await until(() => isFullMesh([ana, bo]))
  const before = ana.mesh.rawConnection(bo.id)

  ana.relayOnly.set(true)
  expect(ana.mesh.peers()).toEqual([])
  await until(() => isFullMesh([ana, bo]))

  expect(ana.mesh.rawConnection(bo.id)).not.toBe(before)
  expect(before?.connectionState).toBe('closed')
  expect(bo.told).toEqual([`${ana.id} open`, `${ana.id} closed`, `${ana.id} open`])
})

test('[LINK9] who is cut off learns the code, and does not ask again until the other page is another one', async () => {
  const hub = newHub(true)
  const [ana, bo] = [join(hub), join(hub)]
  await until(() => isFullMesh([ana, bo]))
  let letters = 0

  ana.mesh.cutOff(bo.id, 'too-fast')
  await until(() => bo.cuts.length > 0)
  hub.onLetter = () => (letters += 1)
  hub.onParcel = () => (letters += 1)
  const cy = join(hub)
  await until(() => letters > 5)

  expect([ana.cuts, bo.cuts]).toEqual([[`${bo.id} too-fast us`], [`${ana.id} too-fast them`]])
  expect([...bo.mesh.links.read().keys(), ...ana.mesh.links.read().keys()]).toEqual([cy.id, cy.id])
})

test('[LINK9] who is reloaded after it was cut off is told by the sealed signals, few times', async () => {
  const hub = newHub(true)
  const [ana, bo] = [join(hub), join(hub)]
  await until(() => isFullMesh([ana, bo]))
  ana.mesh.cutOff(bo.id, 'too-fast')
  await until(() => bo.cuts.length > 0)
  bo.mesh.close()
  let asked = 0
  let answers = 0
  let mayAskAgain = false
  hub.onLetter = (letter) => {
    const isAnswer = letter.to === bo.id
    if (isAnswer) answers += 1
    else asked += 1
    // Of each page one letter gets through: on a busy machine it asks again before it hears.
    if (isAnswer || asked === 1 || mayAskAgain) hub.deliver(letter)
  }
  const comeAgain = (aheadMs: number): TestTab => {
    asked = 0
    const signal = { ...bo.signal, page: createPageName(Date.now() + aheadMs) }
    const again = openTestTab({ id: bo.id, signal, keys, createWire: createDeadWire })
    tabs.push(again)
    return again
  }

  for (const aheadMs of [1000, 2000, 3000]) {
    const again = comeAgain(aheadMs)
    await until(() => again.cuts.length > 0)
    expect(again.cuts).toEqual([`${ana.id} too-fast them`])
    expect(again.mesh.links.read().size).toBe(0)
    again.mesh.close()
  }
  mayAskAgain = true
  const fourth = comeAgain(4000)
  await until(() => asked > 1)

  expect(answers).toBe(3)
  expect(fourth.cuts).toEqual([])
  expect(ana.cuts.length).toBe(1)
})

test('[LINK16] a peer that floods is cut off whole, and the others stay', async () => {
  const hub = newHub(false)
  const [ana, bo, cy] = [join(hub), join(hub), join(hub)]
  await until(() => isFullMesh([ana, bo, cy]))

  for (let sent = 0; sent < 1200; sent++) bo.mesh.send(ana.id, 'clock', new Uint8Array(1))
  await until(() => {
    bo.mesh.send(ana.id, 'clock', new Uint8Array(1))
    return ana.cuts.length > 0
  })
  await until(() => bo.cuts.length > 0)

  expect([ana.cuts, bo.cuts]).toEqual([[`${bo.id} too-fast us`], [`${ana.id} too-fast them`]])
  expect([ana.mesh.peers(), cy.mesh.peers().length]).toEqual([[cy.id], 2])
})

test('what is known of a link: the way, the round trip, the bytes, and how its ends are reached', async () => {
  const hub = newHub(true)
  const [ana, bo] = [join(hub), join(hub)]
  expect(ana.mesh.linkStats(bo.id)).toMatchObject({ route: 'none' })
  await until(() => isFullMesh([ana, bo]) && ana.mesh.linkStats(bo.id).rttMs !== undefined)
  const before = ana.mesh.linkStats(bo.id)
  const beforeBo = bo.mesh.linkStats(ana.id)

  ana.mesh.send(bo.id, 'doc', new Uint8Array(1000))
  await until(() => bo.mesh.linkStats(ana.id).receivedBytes >= beforeBo.receivedBytes + 1000)
  await until(() => ana.mesh.linkStats(bo.id).candidates !== undefined)

  const after = ana.mesh.linkStats(bo.id)
  expect(after).toMatchObject({
    route: 'direct',
    attempts: expect.any(Number) as number,
    candidates: { local: 'host' },
  })
  expect(after.sentBytes).toBeGreaterThanOrEqual(before.sentBytes + 1000)
  expect(ana.mesh.linkStats(ana.id)).toEqual({
    route: 'none',
    attempts: 0,
    sentBytes: 0,
    receivedBytes: 0,
  })
})

test('the way through the server is told too', async () => {
  const hub = newHub(true)
  const [ana, bo] = [join(hub, false), join(hub, false)]
  await until(() => isFullMesh([ana, bo]) && ana.mesh.linkStats(bo.id).rttMs !== undefined)

  expect(ana.mesh.linkStats(bo.id)).toMatchObject({ route: 'server' })
  expect(ana.mesh.links.read().get(bo.id)).toEqual({ status: 'relayed' })
})
