import { CLOSE_CODES, encodeRelayFrame, parseRelayFrame } from '@beatcord/shared'
import { expect, test } from 'vitest'
import { admitSpokenClient, ANA, BO, createSpokenClient, welcome } from './spoken-client.ts'

const bytesOf = (frame: Uint8Array): ArrayBuffer => Uint8Array.from(frame).buffer

async function admitted(): ReturnType<typeof createSpokenClient> {
  const spoken = await createSpokenClient()
  spoken.newest().open()
  spoken.newest().hear(welcome({ relay: true }))
  return spoken
}

test('the server says whether it passes bytes on, and away it does not', async () => {
  const { client, newest } = await admitted()
  const told: boolean[] = []
  client.relay.subscribe((passes) => told.push(passes))
  expect(client.relay.read()).toBe(true)

  newest().closeWith(CLOSE_CODES.restarting)

  expect(told).toEqual([false])
  expect(client.sendRelay(ANA, 'wait', Uint8Array.of(1))).toBe(false)
})

test('nothing is relayed by a server that does not offer to', async () => {
  const { client, newest } = await admitSpokenClient()

  expect(client.sendRelay(ANA, 'wait', Uint8Array.of(1))).toBe(false)
  expect(newest().saidBytes).toEqual([])
})

test('bytes go to the peer that is named and come from the one that is named', async () => {
  const { client, newest, timers } = await admitted()
  const heard: unknown[] = []
  client.onRelay((from, payload, arrivedMs) => heard.push([from, [...payload], arrivedMs]))

  client.sendRelay(BO, 'drop', Uint8Array.of(1, 2))
  newest().hearRaw(
    bytesOf(encodeRelayFrame({ urgency: 'wait', peer: ANA, payload: Uint8Array.of(3) })),
  )
  newest().hearRaw(bytesOf(Uint8Array.of(9, 9, 9)))

  expect(parseRelayFrame(newest().saidBytes[0] ?? new Uint8Array())).toMatchObject({
    urgency: 'drop',
    peer: BO,
  })
  expect(heard).toEqual([[ANA, [3], timers.now()]])
})

test('what waits for a peer is counted until the server tells that it went on', async () => {
  const { client, newest } = await admitted()
  client.sendRelay(BO, 'wait', new Uint8Array(1000))
  client.sendRelay(BO, 'drop', new Uint8Array(500))
  client.sendRelay(ANA, 'wait', new Uint8Array(70))
  const waiting = (): number[] => [
    client.relayBufferedBytes(BO, 'wait'),
    client.relayBufferedBytes(BO, 'drop'),
    client.relayBufferedBytes(ANA, 'wait'),
  ]
  expect(waiting()).toEqual([1000, 0, 70])

  newest().hear({ type: 'relayed', to: BO, bytes: 900 })
  expect(waiting()).toEqual([100, 0, 70])
  newest().hear({
    type: 'peer-changed',
    peer: { peerId: BO, presence: 'here', role: 'player', sealed: '' },
  })
  newest().hear({ type: 'peer-gone', peerId: ANA, reason: 'left' })

  expect(waiting()).toEqual([0, 0, 0])
})
