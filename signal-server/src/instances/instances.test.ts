import { expect, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import { joinPeer, type SeatedPeer } from '../talking-peer.ts'
import { setInstancesStage } from './instances-stage.ts'

const idOf = ({ welcome }: SeatedPeer): SeatedPeer['welcome']['seat']['peerId'] =>
  welcome.seat.peerId

test('[SIG42] people at two instances share a room: they see, hear and lose each other', async () => {
  const { first, second } = await setInstancesStage()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')

  expect([ana, bo].map(({ welcome }) => welcome.role)).toEqual(['host', 'player'])
  expect(bo.welcome.serverId).toBe(ana.welcome.serverId)
  expect(bo.welcome.roster).toMatchObject([{ peerId: idOf(ana), presence: 'here', role: 'host' }])
  expect(await ana.nextOf('peer-joined')).toMatchObject({ peer: { peerId: idOf(bo) } })

  ana.say({ type: 'signal', to: idOf(bo), data: 'offer' })
  expect(await bo.nextOf('signal')).toEqual({ type: 'signal', from: idOf(ana), data: 'offer' })
  bo.say({ type: 'signal', to: idOf(ana), data: 'answer' })
  expect(await ana.nextOf('signal')).toEqual({ type: 'signal', from: idOf(bo), data: 'answer' })

  bo.say({ type: 'profile', sealed: 'BBBB' })
  expect(await ana.nextOf('peer-changed')).toMatchObject({ peer: { sealed: 'BBBB' } })
  bo.socket.terminate()
  expect(await ana.nextOf('peer-changed')).toMatchObject({ peer: { presence: 'away' } })
  ana.say({ type: 'leave' })
  expect((await ana.closed).code).toBe(CLOSE_CODES.left)
})
