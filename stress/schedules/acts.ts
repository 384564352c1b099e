import type { PeerId } from '../../shared/src/index.ts'
import type { Pitch } from '../../client/src/sequence/pattern.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'
import { markNote, type Person, remember } from './person.ts'
import type { World } from './world.ts'

type Act = (world: World, done: number) => void | Promise<void>

const LOWEST_PITCH: Pitch = 24
const SCALES = ['chromatic', 'major', 'dorian'] as const
const ROOTS = [0, 2, 7] as const
const SHORT_MS = 300
const SWEEP_CHANGES = 290
/** Past the seconds after which peers ask each other at random, and after which what was held is given up. */
const LONG_MS = 12_000

/** Acts and how often each is drawn, of the sum of all. */
const ACTS: readonly (readonly [weight: number, act: Act])[] = [
  [20, (world, done) => writeMark(world, done)],
  [14, toggleNoise],
  [8, turnKnob],
  [3, sweep],
  [4, (world, done) => saySomething(world, done)],
  [2, changeScale],
  [24, deliverSome],
  [6, loseSome],
  [6, repeatSome],
  [16, (world) => world.pass(1 + world.dice.below(SHORT_MS))],
  [1, passLong],
  [5, (world) => setSomeApart(world, true)],
  [7, (world) => setSomeApart(world, false)],
  [3, (world) => save(world)],
  [2, crash],
  [3, reload],
  [3, arriveLate],
  [1, (world) => setSomeAsleep(world, true)],
  [3, (world) => setSomeAsleep(world, false)],
]
const ALL_WEIGHTS = ACTS.reduce((sum, [weight]) => sum + weight, 0)

/** Does one thing of all that may happen to a room. @param done how many were done before, below 256 */
export async function actOnce(world: World, done: number): Promise<void> {
  let thrown = world.dice.below(ALL_WEIGHTS)
  for (const [weight, act] of ACTS) {
    if (thrown < weight) return act(world, done)
    thrown -= weight
  }
}

const someone = (world: World): Person | undefined =>
  world.dice.pick([...world.people.values()].filter(({ jammer }) => !world.isAsleep(jammer.id)))

/** The writer's own track, or at times another that is in the writer's song. */
function someTrack(world: World, { jammer }: Person): TrackId {
  const { tracks } = jammer.jam.song.read()
  const other = world.dice.chance(0.5) ? world.dice.pick(tracks) : undefined
  return other?.id ?? jammer.track
}

function writeMark(world: World, done: number): void {
  const writer = someone(world)
  if (writer === undefined) return
  const note = markNote(world.ids.indexOf(writer.jammer.id), done)
  const track = someTrack(world, writer)
  writer.jammer.jam.verbs.writeNote(track, { ...note, velocity: 90, length: 1 })
  remember(writer)
}

/** Few places, so that people meet there. */
function toggleNoise(world: World): void {
  const writer = someone(world)
  if (writer === undefined) return
  const { dice } = world
  const pitch = LOWEST_PITCH + dice.below(2)
  writer.jammer.jam.verbs.toggleNote(someTrack(world, writer), dice.below(3), pitch)
}

function turnKnob(world: World): void {
  const writer = someone(world)
  if (writer === undefined) return
  writer.jammer.jam.verbs.setParam(someTrack(world, writer), 'cutoffHz', 200 + world.dice.below(50))
}

/** A few notes of one track, louder and louder in turn: what is overwritten has to give way some time. */
function sweep(world: World): void {
  const writer = world.isBusy ? someone(world) : undefined
  const track = writer?.jammer.jam.song.read().tracks[0]
  if (writer === undefined || track === undefined) return
  for (let change = 0; change < SWEEP_CHANGES; change++) {
    const note = { step: change % 3, pitch: LOWEST_PITCH, velocity: 1 + (change % 100), length: 1 }
    writer.jammer.jam.verbs.writeNote(track.id, note)
  }
}

function changeScale(world: World): void {
  const { dice } = world
  someone(world)?.jammer.jam.verbs.setScale(dice.pick(ROOTS) ?? 0, dice.pick(SCALES) ?? 'major')
}

function saySomething(world: World, done: number): void {
  const writer = someone(world)
  if (writer === undefined) return
  const { id, jam } = writer.jammer
  const text = `line ${done}`
  jam.chat.say({ id: `${id}${done}`, by: id, name: 'ana', colour: 1, text, atMs: done })
  remember(writer)
}

function deliverSome(world: World): void {
  world.deliver(1 + world.dice.below(12))
  const reader = someone(world)
  if (reader !== undefined) remember(reader)
}

/** The index of a packet that the network may lose or repeat. */
function lossyPacket(world: World): number | undefined {
  const packets = world.stage.meshes.packets()
  const index = world.dice.below(packets.length)
  const packet = packets[index]
  return packet === undefined || packet.lane === 'doc' ? undefined : index
}

function loseSome(world: World): void {
  for (let tries = 0; tries < 8; tries++) {
    const index = lossyPacket(world)
    if (index !== undefined) world.stage.meshes.drop(index)
  }
}

function repeatSome(world: World): void {
  for (let tries = 0; tries < 4; tries++) {
    const index = lossyPacket(world)
    if (index !== undefined) world.stage.meshes.repeat(index)
  }
}

async function passLong(world: World): Promise<void> {
  const untilMs = LONG_MS * world.dice.next()
  for (let passedMs = 0; passedMs < untilMs; passedMs += 500) {
    world.pass(500)
    world.deliver(1 + world.dice.below(60))
    await world.breathe()
  }
}

function setSomeApart(world: World, apart: boolean): void {
  const [a, b] = world.dice.shuffle(world.ids)
  if (a !== undefined && b !== undefined) world.setApart(a, b, apart)
}

function setSomeAsleep(world: World, asleep: boolean): void {
  const id = world.dice.pick([...world.people.keys()])
  if (id !== undefined) world.setAsleep(id, asleep)
}

const present = (world: World): PeerId | undefined => world.dice.pick([...world.people.keys()])
const absent = (world: World): PeerId | undefined =>
  world.dice.pick(world.ids.filter((id) => !world.people.has(id)))

function save(world: World): void {
  const id = present(world)
  if (id !== undefined) world.save(id)
}

function crash(world: World): void {
  const id = present(world)
  if (id === undefined || world.people.size < 2) return
  world.crash(id)
}

/** A browser keeps the song all the time; at times the last of it was not written yet, or nothing is kept at all. */
async function reload(world: World): Promise<void> {
  const id = present(world)
  if (id === undefined) return
  if (world.dice.chance(0.6)) world.save(id)
  world.crash(id)
  await world.arrive(id, world.dice.chance(0.85) ? world.saved(id) : undefined)
}

async function arriveLate(world: World): Promise<void> {
  const id = absent(world)
  if (id !== undefined) await world.arrive(id, world.saved(id))
}
