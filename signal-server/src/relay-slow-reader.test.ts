import { expect, onTestFinished, test } from 'vitest'
import { MAX_RELAY_PAYLOAD_BYTES } from '@beatcord/shared'
import {
  idOf,
  numbered,
  numberOf,
  setRelayStage,
  untilStill,
  type RelayStage,
} from './relay-stage.ts'
import { until } from './server-stage.ts'
import { echo } from './talking-peer.ts'

/** Where no bucket delays anything. */
async function trio(): Promise<RelayStage> {
  const stage = await setRelayStage({ relayBytesPerSecond: 1_000_000_000 })
  onTestFinished(stage.close)
  return stage
}

test('[SIG24] a reader that sleeps a while gets all that could wait, in order, and is not cut off for it', async () => {
  const { ana, bo, advance } = await trio()
  const count = 1_500
  bo.socket.pause()

  for (let sent = 0; sent < count; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, MAX_RELAY_PAYLOAD_BYTES))
  }
  await untilStill(ana, advance)
  bo.socket.resume()
  await until(() => {
    advance(1)
    return bo.relayed.length === count || bo.socket.readyState === bo.socket.CLOSED
  })

  expect(bo.socket.readyState).toBe(bo.socket.OPEN)
  expect(bo.relayed.map(numberOf)).toEqual(Array.from({ length: count }, (_, index) => index))
})

test('[SIG24] no more than 128 KiB and a frame is under way to a reader that sleeps, however much the system would take', async () => {
  const { ana, bo, cy, advance } = await trio()
  bo.socket.pause()

  for (let sent = 0; sent < 60; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, MAX_RELAY_PAYLOAD_BYTES))
  }
  await echo(ana)
  await untilStill(ana, advance)
  const told = ana.heard.filter((message) => message.type === 'relayed')
  bo.socket.resume()
  await bo.relayedCount(60)

  const bytes = told.reduce((sum, message) => sum + message.bytes, 0)
  expect(bytes).toBeGreaterThan(100_000)
  expect(bytes).toBeLessThanOrEqual(131_072 + MAX_RELAY_PAYLOAD_BYTES)
  expect(cy.socket.readyState).toBe(cy.socket.OPEN)
})

test('[SIG24] a reader that takes nothing for 12 s while frames wait for it is cut off, and the sender plays on', async () => {
  const { ana, bo, advance } = await trio()
  bo.socket.pause()
  const talk = (): void => {
    bo.say({ type: 'active', by: 'input' })
  }

  for (let sent = 0; sent < 1_500; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, MAX_RELAY_PAYLOAD_BYTES))
  }
  await untilStill(ana, advance)
  // Not read either, and not taken for silent.
  expect(ana.socket.bufferedAmount).toBeGreaterThan(0)
  for (let seconds = 0; seconds < 12; seconds += 1) {
    talk()
    advance(1000)
    await untilStill(ana, () => undefined)
  }
  advance(2_000)

  expect(await ana.nextOf('peer-changed')).toMatchObject({ peer: { presence: 'away' } })
  await untilStill(ana, advance)
  await ana.roundTrip()
  expect(ana.socket.readyState).toBe(ana.socket.OPEN)
})

test('[SIG24] what waits for a reader that vanishes is let go, and its sender is read again', async () => {
  const { ana, bo, advance } = await trio()
  bo.socket.pause()
  for (let sent = 0; sent < 1_500; sent += 1) {
    ana.relay(idOf(bo), numbered(sent, MAX_RELAY_PAYLOAD_BYTES))
  }
  await untilStill(ana, advance)
  const stuckBytes = ana.socket.bufferedAmount

  bo.socket.terminate()
  await untilStill(ana, advance)

  expect(stuckBytes).toBeGreaterThan(0)
  expect(ana.socket.bufferedAmount).toBe(0)
  expect(await ana.nextOf('peer-changed')).toMatchObject({ peer: { presence: 'away' } })
})
