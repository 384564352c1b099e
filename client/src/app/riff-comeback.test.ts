import { afterEach, expect, test } from 'vitest'
import { withPlay, withStop } from '../clock/tempo-map.ts'
import { ANA, BO, createJamStage, type Jammer, type JamStage } from '../jam/jam-stage.ts'
import { createLive } from '../lib/live.ts'
import type { Riff } from '../sequence/riff.ts'
import type { Song } from '../sequence/song.ts'
import type { ComingSong } from './player.ts'
import { createRiffComeback } from './riff-comeback.ts'

const rooms: JamStage[] = []
afterEach(() => {
  for (const room of rooms.splice(0)) room.close()
})

const LEAD_MS = 250

interface Person extends Jammer {
  readonly comeback: ReturnType<typeof createRiffComeback>
  readonly player: { read(): ComingSong | undefined }
  readonly riffs: ReturnType<typeof createLive<readonly Riff[]>>
  readonly tempos: number[]
}

function enter(jammer: Jammer, riffs: readonly Riff[] = []): Person {
  const player = createLive<ComingSong | undefined>(undefined)
  const list = createLive(riffs)
  const tempos: number[] = []
  const comeback = createRiffComeback({
    jam: jammer.jam,
    riffs: list,
    player,
    leads: { changeMs: () => LEAD_MS },
    setTempo: (bpm) => tempos.push(bpm),
    timers: jammer.timers,
    random: () => 0.5,
  })
  return { ...jammer, comeback, player, riffs: list, tempos }
}

const notesOf = ({ tracks }: Song): readonly string[] =>
  tracks.flatMap(({ patterns }) => [...patterns.a.keys()])

/** Two who play along, both of whom have a riff with other notes in it. */
async function playing(isKnown = true) {
  const room = createJamStage()
  rooms.push(room)
  const [ana, bo] = [await room.join(ANA), await room.join(BO)]
  room.pass(5000)
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  room.pass(1000)
  const riff: Riff = {
    id: 'ab'.repeat(16),
    name: 'Chorus',
    atMs: 1,
    by: { name: 'ana', colour: 0 },
    bpm: 133,
    song: ana.jam.song.read(),
  }
  ana.jam.verbs.toggleNote(ana.track, 3, 60)
  ana.jam.verbs.toggleNote(ana.track, 9, 72)
  const nowMs = ana.jam.clock.sharedMsAt(ana.timers.now())
  ana.jam.setTransport(withPlay(ana.jam.transport.read(), nowMs, 0, ANA))
  room.pass(500)
  const people = [enter(ana, [riff]), enter(bo, isKnown ? [riff] : [])] as const
  return { room, people, riff, nowMs }
}

test('[RIFF6] a riff comes back with the next bar: both hear of it ahead, and one writes it', async () => {
  const { room, people, riff, nowMs } = await playing()
  const [ana, bo] = people

  expect(ana.comeback.bringBack(riff)).toBe(true)
  room.pass(200)

  for (const { player, comeback } of people) {
    // Two seconds a bar, half of the shortest step before the second.
    expect(player.read()?.moment.sharedMs).toBeCloseTo(nowMs + 2000 - 500 / 32, 3)
    expect(notesOf(player.read()?.song ?? riff.song)).toEqual(['3/60'])
    expect(comeback.coming.read()?.riff).toBe(riff)
  }
  expect(notesOf(bo.jam.song.read())).toEqual(['9/72'])
  room.pass(1600)
  for (const { jam, player, comeback } of people) {
    expect(notesOf(jam.song.read())).toEqual(['3/60'])
    expect(jam.song.read()).not.toHaveProperty('comeback')
    expect([player.read(), comeback.coming.read()]).toEqual([undefined, undefined])
  }
  expect([ana.tempos, bo.tempos]).toEqual([[133], []])
  expect([ana.jam.history.read().at(-1)?.kind, bo.jam.history.read().length]).toEqual(['riff', 0])
})

test('[RIFF6] where whoever brought it is gone, another writes it', async () => {
  const { room, people, riff } = await playing()
  const [ana, bo] = people
  ana.comeback.bringBack(riff)
  room.pass(100)
  ana.comeback.close()
  ana.jam.leave()

  room.pass(4000)

  expect(notesOf(bo.jam.song.read())).toEqual(['3/60'])
  expect(bo.jam.song.read()).not.toHaveProperty('comeback')
})

test('[RIFF6] who has not got the riff yet hears it when it is written, or when it arrives in time', async () => {
  const { room, people, riff } = await playing(false)
  const [ana, bo] = people
  ana.comeback.bringBack(riff)
  room.pass(200)
  expect([bo.player.read(), bo.comeback.coming.read()?.riff]).toEqual([undefined, undefined])

  bo.riffs.set([riff])

  expect(notesOf(bo.player.read()?.song ?? bo.jam.song.read())).toEqual(['3/60'])
  expect(bo.comeback.coming.read()?.riff).toBe(riff)
})

test('[RIFF6] one that nobody has goes away by itself, and the song is played as it is written', async () => {
  const { room, people, riff } = await playing()
  const [ana, bo] = people
  ana.comeback.bringBack(riff)
  room.pass(100)
  for (const { riffs } of people) riffs.set([])

  room.pass(12_000)

  for (const { jam, player } of [ana, bo]) {
    expect(notesOf(jam.song.read())).toEqual(['9/72'])
    expect(jam.song.read()).not.toHaveProperty('comeback')
    expect(player.read()).toBeUndefined()
  }
})

test('[RIFF6] while the song stands it comes back at once, and a listener brings none', async () => {
  const { room, people, riff } = await playing()
  const [ana, bo] = people
  room.appoint(BO, 'listener')
  room.pass(100)
  expect(bo.comeback.bringBack(riff)).toBe(false)

  const stopMs = ana.jam.clock.sharedMsAt(ana.timers.now())
  ana.jam.setTransport(withStop(ana.jam.transport.read(), stopMs, 0, ANA))
  room.pass(100)
  ana.comeback.bringBack(riff)

  expect(notesOf(ana.jam.song.read())).toEqual(['3/60'])
  expect(ana.jam.song.read()).not.toHaveProperty('comeback')
})
