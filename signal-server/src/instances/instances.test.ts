import { expect, onTestFinished, test } from 'vitest'
import { CLOSE_CODES, type ServerMessage } from '@beatcord/shared'
import { authKeyOf, connectPeer, helloTo, joinPeer, type SeatedPeer } from '../talking-peer.ts'
import { heardOfOthers, type InstancesStage, setInstancesStage } from './instances-stage.ts'

const idOf = ({ welcome }: SeatedPeer): SeatedPeer['welcome']['seat']['peerId'] =>
  welcome.seat.peerId

const isSeat = (message: ServerMessage): message is Extract<ServerMessage, { type: 'seat' }> =>
  message.type === 'seat'

async function staged(...given: Parameters<typeof setInstancesStage>): Promise<InstancesStage> {
  const stage = await setInstancesStage(...given)
  onTestFinished(stage.close)
  return stage
}

test('[SIG42] people at two instances share a room: they see, hear and lose each other', async () => {
  const { first, second } = await staged()
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

test('[SIG42] what a host at another instance says holds for all, and is refused to others', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(second.port, 'garage')

  bo.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'player' } })
  expect(await bo.nextOf('refused')).toMatchObject({ code: 'not-host', detail: 'set-rules' })
  ana.say({ type: 'set-role', peerId: idOf(bo), role: 'host' })
  expect(await bo.nextOf('seat')).toMatchObject({ role: 'host' })
  expect(await ana.nextOf('certificate')).toBeDefined()
  bo.say({ type: 'set-role', peerId: idOf(cy), role: 'listener' })
  await expect
    .poll(() => cy.heard.findLast(({ type }) => type === 'seat'))
    .toMatchObject({ role: 'listener' })
  bo.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'listener' } })
  expect(await ana.nextOf('rules')).toMatchObject({ rules: { door: 'locked' } })
  await expect(joinPeer(first.port, 'garage')).rejects.toThrow()
  await expect(joinPeer(second.port, 'garage')).rejects.toThrow()
  bo.say({ type: 'remove', peerId: idOf(ana) })
  expect((await ana.closed).code).toBe(CLOSE_CODES.removed)
  expect(await cy.nextOf('peer-gone')).toMatchObject({ reason: 'removed' })
})

test('[SIG42] whoever knocks at one instance is let in by a host at another', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'knock', newcomers: 'player' } })
  await bo.nextOf('rules')
  const [dee, eve, fay] = [
    await connectPeer(second.port),
    await connectPeer(second.port),
    await connectPeer(second.port),
  ]
  for (const guest of [dee, eve, fay]) {
    guest.say(helloTo('garage'))
    expect(await guest.next()).toEqual({ type: 'knocking' })
  }
  const knocks = [await ana.nextOf('knock'), await ana.nextOf('knock'), await ana.nextOf('knock')]
  const [first3, second3] = knocks
  fay.socket.terminate()
  expect(await ana.nextOf('knock-over')).toEqual({ type: 'knock-over', peerId: knocks[2]?.peerId })

  ana.say({ type: 'answer-knock', peerId: first3?.peerId as never, letIn: true })
  ana.say({ type: 'answer-knock', peerId: second3?.peerId as never, letIn: false })

  const welcome = await dee.next()
  expect(welcome).toMatchObject({ type: 'welcome', role: 'player' })
  expect((await eve.closed).code).toBe(CLOSE_CODES['not-let-in'])
  expect(await bo.nextOf('peer-joined')).toMatchObject({ peer: { peerId: first3?.peerId } })
})

test('[SIG42] a room that moved is moved for all instances, and its old name leads nowhere', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(second.port, 'garage')
  await joinPeer(second.port, 'cellar')
  await cy.roundTrip()

  ana.say({ type: 'remove', peerId: idOf(cy), authKey: authKeyOf('cellar') })
  expect(await ana.nextOf('refused')).toMatchObject({ code: 'bad-message' })
  ana.say({ type: 'remove', peerId: idOf(cy), authKey: authKeyOf('attic') })
  expect((await cy.closed).code).toBe(CLOSE_CODES.removed)
  const { seat } = await bo.nextOf('seat')

  for (const { port } of [first, second]) {
    const late = await connectPeer(port)
    late.say(helloTo('garage'))
    expect((await late.closed).code).toBe(CLOSE_CODES.moved)
  }
  const bo2 = await joinPeer(second.port, 'attic', seat)
  expect(idOf(bo2)).toBe(idOf(bo))
  expect((await bo.closed).code).toBe(CLOSE_CODES.replaced)
})

test('[SIG44] the home of a room is killed: those at others stay what they were, and its people come back', async () => {
  const { first, second, kill, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(second.port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'listener' } })
  const { seat } = await ana.nextOf('seat')
  await bo.nextOf('rules')
  const before = heardOfOthers(bo).length

  kill(first, [ana])
  const joining = joinPeer(second.port, 'garage', seat)
  await live(3_000, bo, cy)
  const ana2 = await joining
  // What hosts say is done by a home only: another was found before any lease ran out.
  ana2.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'player' } })
  await ana2.nextOf('rules')
  await live(9_000, bo, cy, ana2)

  expect(idOf(ana2)).toBe(idOf(ana))
  expect(ana2.welcome).toMatchObject({ role: 'host', rules: { door: 'locked' } })
  expect(ana2.welcome.serverId).toBe(ana.welcome.serverId)
  expect(ana2.welcome.roster.map(({ presence }) => presence)).toEqual(['here', 'here'])
  expect(
    heardOfOthers(bo)
      .slice(before)
      .filter((word) => word !== 'host here'),
  ).toEqual([])
  bo.say({ type: 'signal', to: idOf(ana), data: 'still there?' })
  expect(await ana2.nextOf('signal')).toMatchObject({ data: 'still there?' })
  await expect(joinPeer(second.port, 'garage')).rejects.toThrow()
})

test('[SIG44] whoever does not come back to another instance is away, and then gone', async () => {
  const { first, second, kill, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')

  kill(first, [ana])
  await live(12_000, bo)
  expect(heardOfOthers(bo)).toEqual([])
  await live(14_000, bo)
  expect(heardOfOthers(bo)).toEqual(['host away'])
  await live(24_000, bo)

  expect(heardOfOthers(bo)).toEqual(['host away', 'gone: timeout'])
  await expect.poll(() => bo.heard.findLast(isSeat)).toMatchObject({ role: 'host' })
})

test('[SIG44] an instance that stops hands its rooms on, and nobody is seen to go', async () => {
  const { first, second, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  const cy = await joinPeer(first.port, 'garage')
  await bo.nextOf('peer-joined')
  ana.say({ type: 'set-role', peerId: idOf(cy), role: 'listener' })
  await bo.nextOf('certificate')
  const seats = [ana, cy].map(({ heard }) => heard.findLast(isSeat)?.seat)
  const before = heardOfOthers(bo).length

  await first.close()
  const ana2 = await joinPeer(second.port, 'garage', seats[0])
  const cy2 = await joinPeer(second.port, 'garage', seats[1])
  await live(30_000, bo, ana2, cy2)

  expect([ana2, cy2].map(({ welcome }) => welcome.role)).toEqual(['host', 'listener'])
  expect(ana2.welcome.roster).toHaveLength(2)
  const heard = heardOfOthers(bo).slice(before)
  expect(heard.filter((word) => !word.endsWith('here') || word.startsWith('joined'))).toEqual([])
})

test('[SIG44] an instance that only looks on stops: its people come to the home, and nobody is seen to go', async () => {
  const { first, second, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')

  await second.close()
  const bo2 = await joinPeer(first.port, 'garage', bo.welcome.seat)
  await live(30_000, ana, bo2)

  expect(idOf(bo2)).toBe(idOf(bo))
  expect(heardOfOthers(ana)).toEqual(['joined here', 'player here'])
})

test('[SIG44] whoever was at an instance that stopped and comes to no other is away, and then gone', async () => {
  const { first, second, live } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  await joinPeer(second.port, 'garage')
  await ana.nextOf('peer-joined')

  await second.close()
  await live(6_000, ana)
  expect(heardOfOthers(ana)).toEqual(['joined here'])
  await live(24_000, ana)

  expect(heardOfOthers(ana)).toEqual(['joined here', 'player away', 'gone: timeout'])
})

test('[SIG44] the last of several stops with nobody left, and the next finds the room as it was', async () => {
  const { first, second } = await staged()
  const ana = await joinPeer(first.port, 'garage')
  const bo = await joinPeer(first.port, 'garage')
  ana.say({ type: 'set-rules', rules: { door: 'locked', newcomers: 'listener' } })
  const { seat } = await ana.nextOf('seat')
  await bo.nextOf('rules')

  await first.close()
  const ana2 = await joinPeer(second.port, 'garage', seat)

  expect(ana2.welcome).toMatchObject({ role: 'host', rules: { door: 'locked' } })
  expect(ana2.welcome.roster).toMatchObject([
    { peerId: idOf(bo), presence: 'here', role: 'player' },
  ])
})
