import { afterEach, beforeEach, expect, test } from 'vitest'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive } from '../lib/live.ts'
import type { Person } from './states.ts'
import { createTogether } from './together.ts'

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

function page({ id, jam, mesh, timers, track }: Jammer) {
  const kept = new Map<string, string>()
  return createTogether({
    jam,
    room: {
      mesh,
      signal: {
        self: createLive(id),
        role: createLive('player'),
        roster: createLive(new Map()),
        state: createLive({ status: 'admitted' }),
      },
    },
    others: {
      people: createLive([personOf(id, true), personOf(id === ANA ? BO : ANA, false)]),
      onNotice: () => () => undefined,
    },
    me: {
      ownTrack: () => ({
        id: track,
        meta: { owner: id, home: 'h', name: id.slice(0, 3), colour: 0, bornMs: 1 },
      }),
    },
    ear: { mix: createLive(new Map()), setMix: () => undefined },
    output: { context: undefined },
    device: { latencyMs: () => 40 },
    volume: { volume: createLive(1) },
    timing: { leads: { changeMs: () => 290 } },
    drawer: { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) },
    timers,
  })
}

test('two see each other’s reactions, and what each has open', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const [anas, bos] = [page(ana), page(bo)]
  stage.pass(200)

  anas.together.react('fire')
  anas.together.lookAt(ana.track, 'c', [])
  stage.pass(500)

  const { reactions, looks } = bos.together
  expect(reactions.read()).toMatchObject([{ peer: ANA, name: 'fire' }])
  expect(looks.read()).toEqual([{ peer: ANA, track: ana.track, pattern: 'c', selected: [] }])
  anas.close()
  bos.close()
})

test('of whom one hides nothing is shown: no words, pointer, reaction, look, no ring around notes', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const [anas, bos] = [page(ana), page(bo)]
  stage.pass(200)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  ana.jam.chat.say({ id: 'one', by: ANA, name: 'a', colour: 0, text: 'hello', atMs: 0 })
  ana.jam.cursors.pointAt(ana.track, 3, 60)
  anas.together.react('wow')
  anas.together.lookAt(ana.track, 'a', [])
  stage.pass(500)
  const { together } = bos
  const seen = () =>
    [bos.chat, bos.cursors, together.reactions, together.looks, together.editMarks].map(
      (live) => live.read().length,
    )
  expect(seen()).toEqual([1, 1, 1, 1, 1])

  together.hidePerson(ANA)
  expect(seen()).toEqual([0, 0, 0, 0, 0])
  together.showPerson(ANA)

  expect(seen()).toEqual([1, 1, 1, 1, 1])
  anas.close()
  bos.close()
})

test('who is hidden says nothing here by naming somebody else as the writer, nor when they are gone', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const [anas, bos] = [page(ana), page(bo)]
  const line = { by: CY, name: 'c', colour: 0, text: 'hello', atMs: 0 }
  // Before they know of each other.
  ana.jam.chat.say({ ...line, id: 'early' })
  stage.pass(6000)
  bos.together.hidePerson(ANA)

  ana.jam.chat.say({ ...line, id: 'one' })
  bo.jam.chat.say({ ...line, id: 'two' })
  stage.pass(500)
  expect(bos.chat.read().map(({ id }) => id)).toEqual(['two'])
  ana.mesh.close()
  stage.pass(500)
  bo.jam.chat.say({ ...line, id: 'three' })

  expect(bos.chat.read().map(({ id, by }) => `${id} ${by[0] ?? ''}`)).toEqual(['two b', 'three b'])
  anas.close()
  bos.close()
})

test('who is hidden pushes nobody else’s reaction out', async () => {
  const [ana, bo, cy] = [await stage.join(ANA), await stage.join(BO), await stage.join(CY)]
  const pages = [page(ana), page(bo), page(cy)] as const
  const [anas, { together }, cys] = pages
  stage.pass(200)
  together.hidePerson(ANA)

  cys.together.react('love')
  for (const waitMs of [0, 0, 0, 500, 500, 500]) {
    anas.together.react('fire')
    stage.pass(waitMs)
  }

  expect(together.reactions.read()).toMatchObject([{ peer: CY, name: 'love' }])
  together.showPerson(ANA)
  expect(together.reactions.read()).toHaveLength(4)
  for (const { close } of pages) close()
})

test('of many people six reactions are seen at once', async () => {
  const [ana, bo, cy] = [await stage.join(ANA), await stage.join(BO), await stage.join(CY)]
  const pages = [page(ana), page(bo), page(cy)] as const
  stage.pass(200)

  for (let count = 0; count < 3; count++) for (const { together } of pages) together.react('wow')
  stage.pass(500)

  expect(pages.map(({ together }) => together.reactions.read().length)).toEqual([6, 6, 6])
  for (const { close } of pages) close()
})

test('hiding whom one follows ends following, hiding somebody else does not', async () => {
  const [ana, bo] = [await stage.join(ANA), await stage.join(BO)]
  const [anas, { together, close }] = [page(ana), page(bo)]
  together.follow(ANA)
  together.hidePerson('somebody')
  expect(together.followed.read()).toBe(ANA)

  together.hidePerson(ANA)

  expect(together.followed.read()).toBeUndefined()
  anas.close()
  close()
})
