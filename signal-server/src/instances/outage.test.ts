import { expect, onTestFinished, test } from 'vitest'
import type { ServerMessage } from '@beatcord/shared'
import { until } from '../server-stage.ts'
import { joinPeer, type SeatedPeer } from '../talking-peer.ts'
import { heardOfOthers, type InstancesStage, setInstancesStage } from './instances-stage.ts'

const idOf = ({ welcome }: SeatedPeer): SeatedPeer['welcome']['seat']['peerId'] =>
  welcome.seat.peerId

const isSeat = (message: ServerMessage): message is Extract<ServerMessage, { type: 'seat' }> =>
  message.type === 'seat'

const roleOf = ({ heard, welcome }: SeatedPeer): string =>
  heard.findLast(isSeat)?.role ?? welcome.role

/** Says it until it comes through: what is said while two parts become one may be lost. */
async function mustHear(from: SeatedPeer, to: SeatedPeer): Promise<void> {
  const isHeard = (): boolean => to.heard.some(({ type }) => type === 'signal')
  for (let tries = 0; tries < 200 && !isHeard(); tries++) {
    from.say({ type: 'signal', to: idOf(to), data: 'still there?' })
    await from.roundTrip()
    await to.roundTrip()
  }
  expect(isHeard()).toBe(true)
}

async function staged(...given: Parameters<typeof setInstancesStage>): Promise<InstancesStage> {
  const stage = await setInstancesStage(...given)
  onTestFinished(stage.close)
  return stage
}

test('[SIG45] with nothing shared a room of one instance goes on, and newcomers get in at once', async () => {
  const { first, hub } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  hub.setUp(false)

  const bo = await joinPeer(first.port, 'garage')
  ana.say({ type: 'signal', to: idOf(bo), data: 'offer' })
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'listener' })

  expect(await bo.nextOf('signal')).toMatchObject({ data: 'offer' })
  expect(await bo.nextOf('seat')).toMatchObject({ role: 'listener' })
  expect((await joinPeer(first.port, 'cellar')).welcome.role).toBe('host')
  const response = await fetch(`http://localhost:${String(first.port)}/ready`)
  expect([response.status, await response.json()]).toEqual([200, { status: 'degraded' }])
})

test('[SIG45] two parts of a room go on by themselves, and become one again with nobody seen to go', async () => {
  const { first, second, hub, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')
  hub.setUp(false)
  await live(40_000, ana, bo)
  expect([...heardOfOthers(ana), ...heardOfOthers(bo)]).toEqual(['joined here'])
  const cy = await joinPeer(second.port, 'garage')
  expect(cy.welcome.role).toBe('player')
  expect(cy.welcome.serverId).toBe(ana.welcome.serverId)
  expect(cy.welcome.roster.map(({ role, presence }) => `${role} ${presence}`).sort()).toEqual([
    'host here',
    'player here',
  ])

  hub.setUp(true)
  await live(1_000, ana, bo, cy)
  await mustHear(ana, bo)
  await mustHear(cy, ana)
  await live(40_000, ana, bo, cy)

  expect([ana, bo, cy].map(roleOf)).toEqual(['host', 'player', 'player'])
  for (const peer of [ana, bo, cy]) {
    expect(heardOfOthers(peer).filter((word) => !word.endsWith('here'))).toEqual([])
  }
})

test('[SIG45] what was last said in either part counts in both', async () => {
  const { first, second, hub, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'host' })
  await bo.nextOf('seat')
  const cy = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')
  hub.setUp(false)
  await live(5_000, ana, bo, cy)
  bo.say({ type: 'set-role', peerId: idOf(cy), role: 'listener' })
  bo.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'listener' } })
  await cy.nextOf('rules')

  hub.setUp(true)
  await live(2_000, ana, bo, cy)

  await until(() => ana.heard.some(({ type }) => type === 'rules'))
  expect([ana, bo, cy].map(roleOf)).toEqual(['host', 'host', 'listener'])
  await expect(joinPeer(first.port, 'garage')).rejects.toThrow()
})

test('[SIG45] two rooms that began apart become the older one: its host stays, that of the other is a newcomer', async () => {
  const { first, second, hub, live } = await staged()
  hub.setUp(false)
  const ana = await joinPeer(first.port, 'garage')
  await live(2_000, ana)
  const bo = await joinPeer(second.port, 'garage')
  expect([ana, bo].map(roleOf)).toEqual(['host', 'host'])
  expect(bo.welcome.serverId).not.toBe(ana.welcome.serverId)

  hub.setUp(true)
  await live(3_000, ana, bo)
  await mustHear(ana, bo)
  await mustHear(bo, ana)

  expect([ana, bo].map(roleOf)).toEqual(['host', 'player'])
  expect(heardOfOthers(ana).at(-1)).toMatch(/here$/)
})

test('[SIG45] what was flushed is held again by its homes, and nobody notices', async () => {
  const { first, second, hub, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')
  hub.flush()
  // The other instance serves newcomers of a room that it knows before its home has held on to it again.
  const cy = await joinPeer(second.port, 'garage')
  await live(30_000, ana, bo, cy)

  await mustHear(ana, bo)
  expect([ana, bo, cy].map(roleOf)).toEqual(['host', 'player', 'player'])
  for (const peer of [ana, bo, cy]) {
    expect(heardOfOthers(peer).filter((word) => !word.endsWith('here'))).toEqual([])
  }
})

test('[SIG45] a room that was flushed and taken by another gets its people back from its former home', async () => {
  const { first, hub, live, start } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  await live(1_000, ana)
  hub.flush()
  const third = await start()
  const bo = await joinPeer(third.port, 'garage')
  expect(bo.welcome.role).toBe('host')

  await live(9_000, ana, bo)
  await mustHear(ana, bo)
  await mustHear(bo, ana)

  expect([ana, bo].map(roleOf)).toEqual(['host', 'player'])
  expect(heardOfOthers(ana).filter((word) => !word.endsWith('here'))).toEqual([])
})
