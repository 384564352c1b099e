import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { afterEach, expect, test } from 'vitest'
import type { PeerId } from '@beatcord/shared'
import { encodeDocMessage, parseDocMessage, SECRET_BYTES } from './control-message.ts'
import type { ControlMessage } from './control-message.ts'
import { createFakeTimers } from './fake-timers.ts'
import { createIntroductions } from './introductions.ts'
import type { Introductions } from './introductions.ts'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { createSignalHub } from './signal-hub.ts'
import type { SignalHub } from './signal-hub.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import { isFullMesh, openTestTab, until } from './test-tab.ts'
import type { TestTab } from './test-tab.ts'
import { createTimers } from './timers.ts'

const keys = await deriveRoomKeys(createRoomSecret())
const timers = createTimers()
const [ANA, BO, CY, DEE] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(26)) as [
  PeerId,
  PeerId,
  PeerId,
  PeerId,
]

const tabs: TestTab[] = []
afterEach(() => {
  for (const { mesh } of tabs.splice(0)) mesh.close()
})

function join(hub: SignalHub): TestTab {
  const platform = { PeerConnection, ...polyfill } as unknown as NodeWebRtc
  const { wrtc } = createNodeWrtc(platform)
  const signal = hub.join()
  const createWire = createSimplePeerWires({ iceServers: () => [], now: timers.now, wrtc })
  const tab = openTestTab({ id: signal.id, signal, keys, createWire, timers })
  tabs.push(tab)
  return tab
}

test('[LINK15] without the server a lost link is made anew with the help of a member, within 3 s', async () => {
  const hub = createSignalHub(timers.now, false)
  const [ana, bo, cy] = [join(hub), join(hub), join(hub)]
  const all = [ana, bo, cy]
  const knows = (of: TestTab, whom: TestTab): boolean =>
    cy.mesh.reachOf(of.id)?.has(whom.id) === true
  await until(() => isFullMesh(all) && knows(ana, bo) && knows(bo, ana))
  await until(
    () =>
      ana.mesh.reachOf(cy.id)?.has(bo.id) === true && bo.mesh.reachOf(cy.id)?.has(ana.id) === true,
  )

  hub.setThere(false)
  for (let round = 0; round < 2; round++) {
    const fromMs = timers.now()
    ana.mesh.rawConnection(bo.id)?.close()
    await until(() => !bo.mesh.peers().includes(ana.id))
    await until(() => isFullMesh(all))
    expect(timers.now() - fromMs).toBeLessThan(3000)
  }

  expect(ana.told.filter((each) => each === `${bo.id} open`)).toHaveLength(3)
  expect(cy.told.toSorted()).toEqual([`${ana.id} open`, `${bo.id} open`])
})

interface Member {
  readonly introductions: Introductions
  readonly heard: string[]
  /** Whom it says it is linked to. */
  readonly linked: Set<PeerId>
  /** Whom it believes the others reach. */
  readonly reaching: PeerId[]
}

/** Ana and bo, who have been linked, and cy between them; what they say to each other is written down. */
function threeMembers(): {
  readonly members: ReadonlyMap<PeerId, Member>
  readonly said: (readonly [PeerId, PeerId, ControlMessage])[]
  readonly fake: ReturnType<typeof createFakeTimers>
} {
  const fake = createFakeTimers()
  const members = new Map<PeerId, Member>()
  const said: (readonly [PeerId, PeerId, ControlMessage])[] = []

  function member(self: PeerId): void {
    const [heard, linked, reaching]: [string[], Set<PeerId>, PeerId[]] = [[], new Set(), []]
    const introductions = createIntroductions({
      timers: fake,
      self: () => self,
      isLinked: (peer) => linked.has(peer),
      reaching: () => reaching,
      send(to, message) {
        const carried = parseDocMessage(encodeDocMessage(message))
        if (carried === undefined || carried.kind === 'user') throw new Error('lost on the way')
        said.push([self, to, carried])
        if (carried.kind === 'pass' || carried.kind === 'passed' || carried.kind === 'secret') {
          members.get(to)?.introductions.hear(self, carried)
        }
      },
      onSignal: (from, text) => heard.push(`${from} ${text}`),
    })
    members.set(self, { introductions, heard, linked, reaching })
  }

  for (const self of [ANA, BO, CY]) member(self)
  members.get(ANA)?.introductions.onLink(BO)
  members.get(BO)?.introductions.onLink(ANA)
  members.get(ANA)?.reaching.push(CY)
  members.get(BO)?.reaching.push(CY)
  for (const peer of [ANA, BO]) members.get(CY)?.linked.add(peer)
  return { members, said, fake }
}

test('[LINK15] a signal goes through the member who reaches both, and only its receiver can read it', async () => {
  const { members, said } = threeMembers()

  await members.get(ANA)?.introductions.send(BO, 'an offer')
  await until(() => members.get(BO)?.heard.length === 1)

  expect(members.get(BO)?.heard).toEqual([`${ANA} an offer`])
  expect(said.slice(2).map(([from, to, { kind }]) => [from, to, kind])).toEqual([
    [ANA, CY, 'pass'],
    [CY, BO, 'passed'],
  ])
  expect(JSON.stringify(said.slice(2))).not.toContain('an offer')
  expect(members.get(CY)?.heard).toEqual([])
})

test('[LINK15] who passes signals on can forge none, nor turn one against its sender', async () => {
  const { members, said } = threeMembers()
  await members.get(ANA)?.introductions.send(BO, 'an offer')
  await until(() => members.get(BO)?.heard.length === 1)
  const sealed =
    said.flatMap(([, , message]) => (message.kind === 'pass' ? [message.sealed] : []))[0] ?? ''
  // Cy knows the room's key, and has been linked to neither.
  members.get(CY)?.introductions.hear(ANA, { kind: 'secret', bytes: new Uint8Array(SECRET_BYTES) })

  const bo = members.get(BO)?.introductions
  const ana = members.get(ANA)?.introductions
  bo?.hear(CY, { kind: 'passed', peer: CY, sealed })
  bo?.hear(CY, { kind: 'passed', peer: DEE, sealed })
  bo?.hear(CY, { kind: 'passed', peer: ANA, sealed: `${sealed.slice(0, -2)}AA` })
  ana?.hear(CY, { kind: 'passed', peer: BO, sealed })
  await ana?.send(BO, 'the next one')
  await until(() => (members.get(BO)?.heard.length ?? 0) > 1)

  expect(members.get(BO)?.heard).toEqual([`${ANA} an offer`, `${ANA} the next one`])
  expect(members.get(ANA)?.heard).toEqual([])
})

test('[LINK15] nothing is handed on to whom one is not linked, and no more than 60 at once and 20 a second', () => {
  const { members, said, fake } = threeMembers()
  const cy = members.get(CY)?.introductions
  const passed = (): number => said.filter(([, , { kind }]) => kind === 'passed').length
  const flood = (peer: PeerId): void => {
    for (let times = 0; times < 200; times++) cy?.hear(ANA, { kind: 'pass', peer, sealed: 'AAAA' })
  }

  flood(DEE)
  expect(passed()).toBe(0)
  flood(BO)
  expect(passed()).toBe(60)
  fake.advance(1000)
  flood(BO)
  expect(passed()).toBe(80)
})

test('[LINK15] peers that were never linked are not introduced', () => {
  const { members } = threeMembers()
  const ana = members.get(ANA)

  expect([ana?.introductions.canPass(BO), ana?.introductions.canPass(DEE)]).toEqual([true, false])
  ana?.reaching.pop()
  expect(ana?.introductions.canPass(BO)).toBe(false)
})
