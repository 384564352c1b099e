import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES } from '@beatcord/shared'
import { certificateOf, idOf, roomIdOf } from '../slots/slot-stage.ts'
import { joinPeer } from '../talking-peer.ts'
import { setInstancesStage } from './instances-stage.ts'

test('[SLOT1] [SIG42] whoever was removed at one instance reads nothing at another at which the room has people', async () => {
  const { first, second, close } = await setInstancesStage()
  onTestFinished(close)
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(first.port, 'garage')
  await joinPeer(second.port, 'garage')
  const certificate = certificateOf(bo)
  const askSecond = async (paper: string): Promise<number> => {
    const path = `/api/rooms/${roomIdOf('garage')}/slot`
    const headers = { Authorization: `Bearer ${paper}` }
    const url = `http://127.0.0.1:${String(second.port)}${path}`
    return (await fetch(url, { headers })).status
  }
  expect(await askSecond(certificate)).toBe(404)

  ana.say({ type: 'remove', peerId: idOf(bo) })
  expect((await bo.closed).code).toBe(CLOSE_CODES.removed)

  await expect.poll(() => askSecond(certificate)).toBe(403)
  expect(await askSecond(certificateOf(ana))).toBe(404)
})
