import { PeerConnection } from 'node-datachannel'
import * as polyfill from 'node-datachannel/polyfill'
import { expect, test } from 'vitest'
import { createNodeWrtc } from './node-wrtc.ts'
import type { NodeWebRtc } from './node-wrtc.ts'
import { createSimplePeerWires } from './simple-peer-wire.ts'
import { until } from './test-tab.ts'
import type { Wire, WireEvents } from './wire.ts'

const FRAME_BYTES = 4096
const nothing = (): void => undefined
const MUTE: WireEvents = {
  onSignal: nothing,
  onOpen: nothing,
  onClosed: nothing,
  onPath: nothing,
  onFrame: nothing,
  onDrained: nothing,
}

test('[LINK6] the connection takes a doc frame only while less than 16 KiB waits there', async () => {
  const { wrtc } = createNodeWrtc({ PeerConnection, ...polyfill } as unknown as NodeWebRtc)
  const createWire = createSimplePeerWires({ iceServers: () => [], now: () => 0, wrtc })
  const wires: Partial<Record<'ana' | 'bo', Wire>> = {}
  const counts = { opened: 0, heard: 0, drained: 0 }
  const eventsFor = (other: 'ana' | 'bo'): WireEvents => ({
    ...MUTE,
    onSignal: (signal) => wires[other]?.signal(signal),
    onOpen: () => (counts.opened += 1),
    onFrame: () => (counts.heard += 1),
    onDrained: () => (counts.drained += 1),
  })
  const ana = createWire(true, eventsFor('bo'))
  const bo = createWire(false, eventsFor('ana'))
  Object.assign(wires, { ana, bo })
  await until(() => counts.opened === 2)

  let sent = 0
  while (sent < 5000 && ana.send('doc', new Uint8Array(FRAME_BYTES))) sent += 1

  expect(sent).toBeLessThan(5000)
  expect(ana.bufferedBytes('doc')).toBeGreaterThanOrEqual(16 * 1024)
  expect(ana.bufferedBytes('doc')).toBeLessThan(16 * 1024 + FRAME_BYTES)
  await until(() => counts.drained > 0 && counts.heard === sent)
  expect(ana.send('doc', new Uint8Array(FRAME_BYTES))).toBe(true)
  ana.close()
  bo.close()
})

test.each([
  ['of our own', true, { type: 'renegotiate' }],
  ['of the other end', false, { type: 'offer', sdp: '' }],
] as const)('[LINK17] a restart %s takes the servers of now', (_, offers, signal) => {
  const { wrtc } = createNodeWrtc({ PeerConnection, ...polyfill } as unknown as NodeWebRtc)
  let iceServers = [{ urls: 'stun:old.example.org' }]
  const createWire = createSimplePeerWires({ iceServers: () => iceServers, now: () => 0, wrtc })
  const wire = createWire(offers, MUTE)

  iceServers = [{ urls: 'stun:new.example.org' }]
  wire.signal(signal)

  expect(wire.connection?.getConfiguration()).toMatchObject({
    iceServers: [{ urls: ['stun:new.example.org'] }],
    iceTransportPolicy: 'all',
  })
  wire.close()
})
