import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { Song } from '../sequence/song.ts'
import type { Engine, EngineLevels, PersonalMix } from '../sound/engine-types.ts'
import { SILENT_LEVELS } from '../sound/protocol.ts'
import { note, songOf, trackId, trackOf } from '../sound/testing/songs.ts'
import { createEar } from './ear.ts'
import type { Drawer } from './storage.ts'

const [ANA, BO] = [trackId('ana'), trackId('bo')]
const SONG = songOf(
  trackOf([note(0, 60)], { id: 'ana', home: 'anas' }),
  trackOf([], { id: 'bo', home: 'bos' }),
)

function drawerOf(): Drawer & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return { kept, read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}

function engineOf() {
  const told = { mixes: [] as PersonalMix[], own: [] as string[], scope: [] as boolean[] }
  const levels = createLive<EngineLevels>(SILENT_LEVELS)
  const engine = {
    levels,
    setMix: (mix: PersonalMix) => told.mixes.push(mix),
    setOwnTrack: (track: string) => told.own.push(track),
    setScope: (isShown: boolean) => told.scope.push(isShown),
  }
  return { ...told, levels, engine: engine as unknown as Engine }
}

function ear(drawer = drawerOf(), made = engineOf()) {
  const song = createLive<Song>(SONG)
  const engine = createLive<Engine | undefined>(undefined)
  const myTrackId = createLive(ANA)
  const mine = createEar({ song, engine, drawer, myTrackId })
  return { ...mine, live: song, liveEngine: engine, myTrackId, drawer, made }
}

test('[SND7] a mix of one’s own reaches the engine, also one that is made later', () => {
  const { setMix, mix, liveEngine, made } = ear()

  setMix(BO, { volume: 0.5 })
  liveEngine.set(made.engine)
  setMix(BO, { muted: true })

  const both = { volume: 0.5, pan: 0, muted: true, soloed: false }
  expect(mix.read().get(BO)).toEqual(both)
  expect(made.mixes.map((each) => each.get(BO)?.muted)).toEqual([false, true])
  expect(made.own).toEqual([ANA])
})

test('it is remembered by whose track it is, and found again on another track of theirs', () => {
  const first = ear()
  first.setMix(BO, { volume: 0.25 })

  const again = ear(first.drawer)
  again.live.set(songOf(trackOf([], { id: 'bo-anew', home: 'bos' })))

  expect([...again.mix.read()]).toEqual([['bo-anew', { ...USUAL, volume: 0.25 }]])
})

const USUAL = { volume: 1, pan: 0, muted: false, soloed: false }

test('a reset gives up the mixes of those who are here, and remembers those of others', () => {
  const { setMix, resetMix, mix, live, drawer } = ear()
  setMix(ANA, { pan: 1 })
  live.set(songOf(trackOf([], { id: 'cy', home: 'cys' })))
  setMix(trackId('cy'), { volume: 0 })
  live.set(SONG)

  resetMix()

  expect(mix.read().size).toBe(0)
  expect(Object.keys(JSON.parse(drawer.kept.get('mix') ?? '{}') as object)).toEqual(['cys'])
})

test('of a track that is not there nothing is remembered', () => {
  const { setMix, mix, drawer } = ear()

  setMix(trackId('nobody'), { volume: 0 })

  expect(mix.read().size).toBe(0)
  expect(drawer.kept.size).toBe(0)
})

test('[SND7] a sound that is tried out is heard in the song until it is not any more, and written nowhere', () => {
  const { tryOut, song, live } = ear()

  tryOut(ANA, { cutoffHz: 300 })
  expect(song.read().tracks[0]?.sound.cutoffHz).toBe(300)
  live.set({ ...SONG, stepCount: 8 })
  expect(song.read().stepCount).toBe(8)
  expect(song.read().tracks[0]?.sound.cutoffHz).toBe(300)
  tryOut(ANA)

  expect(song.read().tracks).toBe(SONG.tracks)
})

test('a sound is tried out also on a track that is not in the song yet', () => {
  const { tryOut, song } = ear()

  tryOut(trackId('mine'), { instrument: 'drums' })

  expect(song.read().tracks.map(({ id }) => id)).toEqual(['ana', 'bo', 'mine'])
  expect(song.read().tracks[2]?.sound.instrument).toBe('drums')
  tryOut(trackId('mine'))
  expect(song.read()).toBe(SONG)
})

test('the engine brings samples while somebody watches, however many do', () => {
  const { watchScope, liveEngine, made, levels } = ear()
  liveEngine.set(made.engine)
  const undos = [watchScope(), watchScope()]
  made.levels.set({ ...SILENT_LEVELS, peak: 0.5 })

  for (const undo of undos) undo()

  expect(made.scope).toEqual([false, true, false])
  expect(levels.read().peak).toBe(0.5)
})

test('the engine knows whose voices are given up last', () => {
  const { liveEngine, myTrackId, made } = ear()
  liveEngine.set(made.engine)

  myTrackId.set(BO)

  expect(made.own).toEqual([ANA, BO])
})
