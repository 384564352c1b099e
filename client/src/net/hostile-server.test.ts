import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import type { PeerId } from '@beatcord/shared'
import { afterEach, expect, test } from 'vitest'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createRoomSecret, deriveRoomKeys } from './room-keys.ts'
import { createSignalHub } from './signal-hub.ts'
import type { Letter, SignalHub } from './signal-hub.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import { createDeadWire, isFullMesh, openTestTab, until } from './test-tab.ts'
import type { TestTab } from './test-tab.ts'
import { createTimers } from './timers.ts'

const keys = await deriveRoomKeys(createRoomSecret())
const otherKeys = await deriveRoomKeys(createRoomSecret())
const timers = createTimers()

const tabs: TestTab[] = []
afterEach(() => {
  for (const { mesh } of tabs.splice(0)) mesh.close()
})

interface RealTab extends TestTab {
  readonly connections: readonly RTCPeerConnection[]
}

function join(hub: SignalHub, hasWires = true, roomKeys = keys): RealTab {
  const { wrtc, connections } = createNodeWrtc({
    PeerConnection,
    ...polyfill,
  } as unknown as NodeWebRtc)
  const signal = hub.join()
  const createWire = hasWires
    ? createSimplePeerWires({ iceServers: () => [], now: timers.now, wrtc })
    : createDeadWire
  const tab = openTestTab({ id: signal.id, signal, keys: roomKeys, createWire, timers })
  tabs.push(tab)
  return { ...tab, connections }
}

/** Each link, told apart by whom its bytes really come from: `<receiver> hears <sender> as <name>`. */
async function whoHearsWhom(all: readonly TestTab[]): Promise<readonly string[]> {
  const heard: string[] = []
  const undos = all.map(({ id, mesh }) =>
    mesh.onBytes('doc', (from, bytes) => {
      heard.push(`${id[0] ?? ''} hears ${String.fromCharCode(bytes[0] ?? 0)} as ${from[0] ?? ''}`)
    }),
  )
  let expected = 0
  for (const { id, mesh } of all) {
    mesh.broadcast('doc', Uint8Array.of(id.charCodeAt(0)))
    expected += mesh.peers().length
  }
  await until(() => heard.length >= expected)
  for (const undo of undos) undo()
  return heard.toSorted()
}

const HONEST = [
  'a hears b as b',
  'a hears c as c',
  'b hears a as a',
  'b hears c as c',
  'c hears a as a',
  'c hears b as b',
]

/** What a server can do to letters it cannot read. */
const ATTACKS: Readonly<
  Record<string, (hub: SignalHub, letter: Letter, others: readonly PeerId[]) => void>
> = {
  'says every letter twice, and all those before it again': (() => {
    const kept: Letter[] = []
    return (hub, letter) => {
      kept.push(letter)
      for (const each of [...kept.slice(-40), letter]) hub.deliver(each)
    }
  })(),
  'puts other names on copies of every letter': (hub, letter, others) => {
    for (const from of others) for (const to of others) hub.deliver({ ...letter, from, to })
    hub.deliver(letter)
  },
  'changes a character in a copy of every letter': (hub, letter) => {
    const at = Math.floor(letter.data.length / 2)
    const changed = letter.data[at] === 'A' ? 'B' : 'A'
    hub.deliver({ ...letter, data: letter.data.slice(0, at) + changed + letter.data.slice(at + 1) })
    hub.deliver(letter)
  },
  'writes letters of its own, in the clear and sealed with the key of another room': (
    hub,
    letter,
  ) => {
    const body = {
      kind: 'wire',
      page: 'z'.repeat(16),
      seq: 0,
      attempt: { page: 'z'.repeat(16), n: 9 },
      signal: { type: 'offer', sdp: 'v=0' },
    }
    hub.deliver({ ...letter, data: JSON.stringify(body) })
    hub.deliver({ ...letter, data: btoa(JSON.stringify(body)) })
    hub.deliver(letter)
  },
  'turns the order of letters around': (() => {
    let held: Letter | undefined
    return (hub, letter) => {
      if (held === undefined) held = letter
      else {
        hub.deliver(letter)
        hub.deliver(held)
        held = undefined
      }
    }
  })(),
}

test.each(Object.entries(ATTACKS))(
  '[LINK11] a server that %s gets no link and breaks none',
  async (_, attack) => {
    const hub = createSignalHub(timers.now, false)
    const ids: PeerId[] = []
    hub.onLetter = (letter) => {
      attack(hub, letter, ids)
    }
    const all = [join(hub), join(hub), join(hub)]
    ids.push(...all.map(({ id }) => id))
    await until(() => isFullMesh(all))

    expect(await whoHearsWhom(all)).toEqual(HONEST)
    // One connection at each end of each link, and what crossed on the way: none for what was repeated or invented.
    const open = all.flatMap(({ connections }) =>
      connections.filter((each) => each.connectionState === 'connected'),
    )
    expect(open).toHaveLength(6)
  },
)

test('[LINK11] a server that holds no key of the room and sits down itself is linked to nobody', async () => {
  const hub = createSignalHub(timers.now, true)
  const all = [join(hub), join(hub)]
  const spy = join(hub, true, otherKeys)
  await until(() => all.every(({ mesh }) => mesh.peers().length === 1))
  // It has asked, and greeted, more than once by then.
  let said = 0
  hub.onLetter = (letter) => {
    if (letter.from === spy.id) said += 1
    hub.deliver(letter)
  }
  hub.onParcel = (parcel) => {
    if (parcel.from === spy.id) said += 1
    hub.deliverParcel(parcel)
  }
  await until(() => said >= 4)

  expect(spy.told).toEqual([])
  expect(all.flatMap(({ told }) => told).some((each) => each.startsWith(spy.id))).toBe(false)
})

test('[LINK11] a letter kept from a page that is gone makes no link when that peer is back', async () => {
  const hub = createSignalHub(timers.now, false)
  const kept: Letter[] = []
  hub.onLetter = (letter) => {
    kept.push(letter)
    hub.deliver(letter)
  }
  const [ana, bo] = [join(hub), join(hub)]
  await until(() => isFullMesh([ana, bo]))
  const before = bo.connections.length

  for (const letter of kept) hub.deliver(letter)
  await whoHearsWhom([ana, bo])

  expect(bo.connections).toHaveLength(before)
  expect([ana.told, bo.told]).toEqual([[`${bo.id} open`], [`${ana.id} open`]])
})

test('[LINK14] a server that repeats, swaps and redirects what it relays is heard by nobody', async () => {
  const hub = createSignalHub(timers.now, true)
  const all = [join(hub, false), join(hub, false), join(hub, false)]
  const ids = all.map(({ id }) => id)
  hub.onParcel = (parcel) => {
    hub.deliverParcel(parcel)
    hub.deliverParcel(parcel)
    for (const from of ids) for (const to of ids) hub.deliverParcel({ ...parcel, from, to })
    const swapped = parcel.payload.map((byte, at) => (at === 0 ? (byte + 1) % 4 : byte))
    hub.deliverParcel({ ...parcel, payload: swapped })
  }
  await until(() => isFullMesh(all))

  expect(await whoHearsWhom(all)).toEqual(HONEST)
  expect(
    all.map(({ mesh }) => [...mesh.links.read().values()].map(({ status }) => status)),
  ).toEqual([
    ['relayed', 'relayed'],
    ['relayed', 'relayed'],
    ['relayed', 'relayed'],
  ])
  expect(all.flatMap(({ cuts }) => cuts)).toEqual([])
})
