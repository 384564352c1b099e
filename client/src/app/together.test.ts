import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ANA, BO, createJamStage, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import type { Person } from './states.ts'
import { createTogetherLater } from './together-later.ts'

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

const personOf = (id: string, isMe: boolean): Person => ({
  id,
  name: id.slice(0, 1),
  colour: 0,
  isMe,
  presence: 'here',
  role: 'player',
  link: isMe ? 'self' : 'direct',
  hears: true,
})

function page({ id, jam, mesh, timers }: Jammer, hasBegun: LiveSource<boolean>) {
  const kept = new Map<string, string>()
  return createTogetherLater({
    jam,
    room: { mesh },
    others: {
      people: createLive([personOf(id, true), personOf(id === ANA ? BO : ANA, false)]),
      onNotice: () => () => undefined,
    },
    ear: { setMix: () => undefined },
    output: { context: undefined },
    device: { latencyMs: () => 40 },
    volume: { volume: createLive(1) },
    begun: { hasBegun },
    drawer: { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) },
    timers,
  })
}

test('it comes when the jam has begun, and then two see each other’s reactions and looks', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const hasBegun = createLive(false)
  const [anas, bos] = [page(ana, hasBegun), page(bo, hasBegun)]
  stage.pass(200)
  expect(anas.together.read()).toBeUndefined()

  hasBegun.set(true)
  await vi.waitUntil(() => anas.together.read() && bos.together.read())
  anas.together.read()?.react('fire')
  anas.together.read()?.lookAt(ana.track, 'c', [])
  stage.pass(500)

  const seen = bos.together.read()
  expect(seen?.reactions.read()).toMatchObject([{ peer: ANA, name: 'fire' }])
  expect(seen?.looks.read()).toEqual([{ peer: ANA, track: ana.track, pattern: 'c', selected: [] }])
  anas.close()
  bos.close()
})

test('of whom one hides nothing is shown: no words, no pointer, no reaction, no look', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const [anas, bos] = [page(ana, createLive(true)), page(bo, createLive(true))]
  await vi.waitUntil(() => anas.together.read() && bos.together.read())
  const line = { id: 'one', by: ANA, name: 'a', colour: 0, text: 'hello', atMs: 0 }
  ana.jam.chat.say(line)
  ana.jam.cursors.pointAt(ana.track, 3, 60)
  anas.together.read()?.react('wow')
  anas.together.read()?.lookAt(ana.track, 'a', [])
  stage.pass(500)
  const together = bos.together.read()
  const seen = () =>
    [bos.chat, bos.cursors, together?.reactions, together?.looks].map((live) => live?.read().length)
  expect(seen()).toEqual([1, 1, 1, 1])

  together?.hidePerson(ANA)
  expect(seen()).toEqual([0, 0, 0, 0])
  together?.showPerson(ANA)

  expect(seen()).toEqual([1, 1, 1, 1])
  anas.close()
  bos.close()
})

test('what is closed before it came does not come', async () => {
  const ana = await stage.join(ANA)
  const hasBegun = createLive(true)
  const anas = page(ana, hasBegun)

  anas.close()
  await import('./together.ts')
  await new Promise((resolve) => setTimeout(resolve))

  expect(anas.together.read()).toBeUndefined()
})
