import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { PeerId } from '@beatcord/shared'
import type { Mesh } from '../net/mesh.ts'
import { HIGHEST_PITCH, LOWEST_PITCH, type Note } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { clientIdOf } from './client-id.ts'
import { syncFrame } from './doc-frames.ts'
import { ANSWER, ASK, UPDATE } from './gate.ts'
import { ANA, BO, createJamStage, CY, type Jammer, type JamStage } from './jam-stage.ts'
import { createWholeSongVerbs, type WholeSong } from './whole-song-verbs.ts'

const MALLORY = 'm'.repeat(26) as PeerId
const MIB = 1024 * 1024
const MOST_BYTES = 5 * MIB

let stage: JamStage
beforeEach(() => {
  stage = createJamStage()
})
afterEach(() => {
  stage.close()
})

/** Fills a song under ids of its own; `send` gives each change to somebody. */
function filler(mesh: Mesh): (bytes: number) => Uint8Array {
  const self = mesh.self()
  const doc = new Y.Doc()
  doc.clientID = self === undefined ? 0 : clientIdOf(self, 0)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  return (bytes) => {
    doc.getMap('room').set(`k${String(updates.length)}`, 'x'.repeat(bytes))
    return updates.at(-1) ?? new Uint8Array()
  }
}

/** A song of so many bytes that a browser had kept. */
function keptSong(bytes: number, client: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getMap('room').set(`kept ${String(client)}`, 'x'.repeat(bytes))
  return Y.encodeStateAsUpdate(doc)
}

const bytesOf = ({ doc }: Jammer): number => Y.encodeStateAsUpdate(doc).length
const codes = (): readonly string[] => stage.meshes.cuts().map(({ code }) => code)

test('[SYNC3] an update that is larger than a song file writes is refused, however much room there is', async () => {
  const ana = await stage.join(ANA)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(200)

  mallory.send(ANA, 'doc', syncFrame(UPDATE, filler(mallory)(8_000_000)))
  stage.meshes.deliverAll()

  expect(codes()).toEqual(['doc-update'])
  expect(bytesOf(ana)).toBeLessThan(MIB)
})

test('[SYNC3] what would take the song past 5 MiB is not taken in, and a newcomer gets what there is', async () => {
  const ana = await stage.join(ANA)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(200)
  ana.jam.verbs.toggleNote(ana.track, 1, 60)
  const fill = filler(mallory)
  for (let piece = 0; piece < 4; piece++) {
    mallory.send(ANA, 'doc', syncFrame(UPDATE, fill(1_800_000)))
    stage.meshes.deliverAll()
  }
  mallory.close()

  const cy = await stage.join(CY)
  stage.pass(6000)

  expect(codes()).toEqual(['song-full'])
  expect(bytesOf(ana)).toBeLessThanOrEqual(MOST_BYTES)
  expect(cy.jam.synced.read()).toBe(true)
  expect(cy.jam.song.read()).toEqual(ana.jam.song.read())
})

test('[SYNC3] who leaves and comes back has filled it all the same', async () => {
  const ana = await stage.join(ANA)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(200)
  const fill = filler(mallory)
  for (let piece = 0; piece < 130; piece++) {
    mallory.send(ANA, 'doc', syncFrame(UPDATE, fill(60_000)))
    stage.meshes.deliverAll()
    if (stage.meshes.cuts().length > 0) break
    if (piece % 4 !== 3) continue
    stage.meshes.partition(ANA, MALLORY)
    stage.meshes.heal(ANA, MALLORY)
    stage.meshes.deliverAll()
  }

  expect(codes()).toEqual(['song-full'])
  expect(bytesOf(ana)).toBeLessThan(MOST_BYTES + MIB)
})

test('[SYNC3] answers fill it no further than edits do', async () => {
  const ana = await stage.join(ANA)
  const mallory = stage.meshes.join(MALLORY)
  stage.pass(100)
  const fill = filler(mallory)
  const client = clientIdOf(mallory.self() ?? { peer: MALLORY, page: '' }, 0)
  for (let piece = 0; piece < 12; piece++) {
    mallory.send(ANA, 'doc', syncFrame(ANSWER, fill(4_000_000)))
    stage.meshes.deliverAll()
    // To be asked again.
    const ahead = encoding.createEncoder()
    for (const number of [1, client, 1000 + piece]) encoding.writeVarUint(ahead, number)
    mallory.send(ANA, 'doc', syncFrame(ASK, encoding.toUint8Array(ahead)))
    stage.meshes.deliverAll()
    stage.pass(500)
  }

  expect(bytesOf(ana)).toBeLessThanOrEqual(MOST_BYTES)
  expect(codes()).toEqual([])
})

test('[SYNC3] two songs that are too large to become one are both kept, and people are told', async () => {
  const ana = await stage.join(ANA, 0, 0.5, keptSong(3.9 * MIB, 11))
  const bo = await stage.join(BO, 0, 0.5, keptSong(3.8 * MIB, 12))
  stage.pass(1000)
  stage.pass(6000)

  expect(codes()).toEqual([])
  expect([ana, bo].map(({ jam }) => jam.writable.read())).toEqual(['two-songs', 'two-songs'])
  for (const { doc } of [ana, bo]) {
    const kept = [...doc.getMap('room').keys()].filter((key) => key.startsWith('kept'))
    expect(kept, 'each has one of the two').toHaveLength(1)
  }
})

test('[SYNC3] a newcomer whom everybody answers at once takes a large song in', async () => {
  const kept = keptSong(3.9 * MIB, 11)
  const ana = await stage.join(ANA, 0, 0.5, kept)
  const bo = await stage.join(BO, 0, 0.5, kept)
  stage.pass(1000)

  const cy = await stage.join(CY)
  stage.pass(1000)
  cy.jam.verbs.setStepCount(8)
  stage.pass(1000)

  expect(codes()).toEqual([])
  expect(cy.jam.writable.read()).toBe('nearly-full')
  expect([ana, bo].map(({ jam }) => jam.song.read().stepCount)).toEqual([8, 8])
})

/** A song with a note in every place of so many tracks. */
function fullSong(tracks: number): WholeSong {
  const notes: Note[] = []
  for (let step = 0; step < 32; step++) {
    for (let pitch = LOWEST_PITCH; pitch <= HIGHEST_PITCH; pitch++) {
      notes.push({ step, pitch, velocity: 100, length: 3 })
    }
  }
  const letters = Array.from('abcdefgh')
  const ids = letters.flatMap((a) => letters.map((b) => `track${a}${b}aaaaa` as TrackId))
  return {
    root: 0,
    scale: 'major',
    stepCount: 32,
    tracks: ids.slice(0, tracks).map((id, bornMs) => ({
      id,
      meta: { owner: '', home: 'h', name: 'x', colour: 1, bornMs },
      part: { notes, sound: INITIAL_SOUND, subdivision: 4 },
    })),
  }
}

test('[SYNC12] the largest song of the sequencer of old, all of it full, is opened, and is everybody’s', async () => {
  const ana = await stage.join(ANA)
  const bo = await stage.join(BO)
  stage.pass(200)

  expect(ana.jam.verbs.late(createWholeSongVerbs).replaceSong(fullSong(64))).toBeUndefined()
  stage.pass(200)

  expect(codes()).toEqual([])
  expect(bo.jam.song.read().tracks).toHaveLength(64)
})

test('[SYNC12] what would make the song too large is refused before anything is written', async () => {
  const ana = await stage.join(ANA, 0, 0.5, keptSong(3.9 * MIB, 11))
  stage.pass(200)
  const before = bytesOf(ana)

  expect(ana.jam.verbs.late(createWholeSongVerbs).replaceSong(fullSong(20))).toBe('full')
  expect(bytesOf(ana)).toBe(before)

  expect(
    ana.jam.verbs.late(createWholeSongVerbs).replaceSong(fullSong(1)),
    'a small one has room',
  ).toBeUndefined()
})
