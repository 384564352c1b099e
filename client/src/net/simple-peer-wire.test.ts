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

test('[LINK6] the connection takes a doc frame only while less than 16 KiB waits there', async () => {
  const { wrtc } = createNodeWrtc({ PeerConnection, ...polyfill } as unknown as NodeWebRtc)
  const createWire = createSimplePeerWires({ iceServers: () => [], now: () => 0, wrtc })
  const wires: Partial<Record<'ana' | 'bo', Wire>> = {}
  const counts = { opened: 0, heard: 0, drained: 0 }
  const eventsFor = (other: 'ana' | 'bo'): WireEvents => ({
    onSignal: (signal) => wires[other]?.signal(signal),
    onOpen: () => (counts.opened += 1),
    onClosed: nothing,
    onPath: nothing,
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
