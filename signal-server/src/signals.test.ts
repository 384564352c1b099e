import { expect, onTestFinished, test } from 'vitest'
import { MAX_SIGNAL_CHARS } from '@beatcord/shared'
import { setServerStage } from './server-stage.ts'
import { joinPeer, type SeatedPeer } from './talking-peer.ts'

interface Trio {
  readonly ana: SeatedPeer
  readonly bo: SeatedPeer
  /** Sits in another room. */
  readonly cy: SeatedPeer
}

async function trio(): Promise<Trio> {
  const { port, close } = await setServerStage()
  onTestFinished(close)
  const ana = await joinPeer(port, 'garage')
  const bo = await joinPeer(port, 'garage')
  const cy = await joinPeer(port, 'cellar')
  await ana.nextOf('peer-joined')
  return { ana, bo, cy }
}

test('[SIG15] a signal reaches the peer it names, and nobody else', async () => {
  const { ana, bo, cy } = await trio()

  ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data: 'offer' })

  expect(await bo.next()).toEqual({
    type: 'signal',
    from: ana.welcome.seat.peerId,
    data: 'offer',
  })
  await Promise.all([ana, cy].map((peer) => peer.roundTrip()))
  expect([...ana.heard, ...cy.heard].filter(({ type }) => type === 'signal')).toEqual([])
})

test('[SIG15] a signal into another room, to oneself or to one away reaches nobody', async () => {
  const { ana, bo, cy } = await trio()
  bo.socket.terminate()
  await ana.nextOf('peer-changed')

  for (const { welcome } of [cy, ana, bo]) {
    ana.say({ type: 'signal', to: welcome.seat.peerId, data: 'offer' })
    expect(await ana.next()).toEqual({
      type: 'refused',
      code: 'no-such-peer',
      detail: welcome.seat.peerId,
    })
  }

  await cy.roundTrip()
  expect([...ana.heard, ...cy.heard].filter(({ type }) => type === 'signal')).toEqual([])
})

test('[SIG16] the server says who a signal is from; a sender cannot', async () => {
  const { ana, bo, cy } = await trio()
  const to = bo.welcome.seat.peerId

  ana.sayRaw(JSON.stringify({ type: 'signal', to, data: 'forged', from: cy.welcome.seat.peerId }))
  ana.say({ type: 'signal', to, data: 'honest' })

  expect(await ana.next()).toMatchObject({ type: 'refused', code: 'bad-message' })
  expect(await bo.next()).toEqual({
    type: 'signal',
    from: ana.welcome.seat.peerId,
    data: 'honest',
  })
})

test.each([
  ['no JSON', '{"sdp":'],
  ['a deep list', '['.repeat(MAX_SIGNAL_CHARS)],
  ['quotes and line ends', '"\\"\n\u2028\0'],
  ['beyond ASCII', '💚'.repeat(100)],
])('[SIG16] what a signal says is passed on letter by letter: %s', async (_name, data) => {
  const { ana, bo } = await trio()

  ana.say({ type: 'signal', to: bo.welcome.seat.peerId, data })

  expect(await bo.next()).toMatchObject({ data })
})

test('[SIG17] a changed profile is told to the others', async () => {
  const { ana, bo } = await trio()

  bo.say({ type: 'profile', sealed: 'BBBB' })

  const peer = { peerId: bo.welcome.seat.peerId, presence: 'here', role: 'player', sealed: 'BBBB' }
  expect(await ana.next()).toEqual({ type: 'peer-changed', peer })
})
