import { isDeepStrictEqual } from 'node:util'
import type { Jammer } from '../../client/src/jam/jam-stage.ts'
import type { PeerId } from '../../shared/src/index.ts'
import { createDice } from '../random.ts'
import { actOnce } from './acts.ts'
import { type Mark, marksIn, remember } from './person.ts'
import { createWorld, type World } from './world.ts'

/** What one schedule came to. */
export interface Outcome {
  /** Edits that had to be in every song at the end. */
  readonly marks: number
  /** How long after the links were back all songs were equal and whole, ms. */
  readonly healedMs: number
  /** Whether some pairs stayed without a link to the end. */
  readonly partial: boolean
  /** How often somebody made the song small. */
  readonly compactions: number
}

const MIN_PEOPLE = 3
const MORE_PEOPLE = 3
const MIN_ACTS = 60
const MORE_ACTS = 120
const PARTIAL_SHARE = 0.4
/** Equal for so long again, a share of the rooms stay equal: nothing that comes late undoes it. */
const STAYING_SHARE = 0.25
const STAYING_MS = 12_000
const LOOK_EVERY_MS = 250
const PATIENCE_MS = 60_000

/**
 * Plays one random schedule and then lets the room heal.
 *
 * @throws Error when the songs stay apart, an edit that a surviving page had is missing, or an honest peer was cut off
 */
export async function playSchedule(seed: number): Promise<Outcome> {
  const dice = createDice(seed)
  const world = createWorld(MIN_PEOPLE + dice.below(MORE_PEOPLE), dice)
  try {
    for (const id of world.ids) if (dice.chance(0.7)) await world.arrive(id)
    const acts = MIN_ACTS + dice.below(MORE_ACTS)
    for (let done = 0; done < acts; done++) await actOnce(world, done)
    await gather(world)
    const partial = dice.chance(PARTIAL_SHARE)
    heal(world, partial)
    const due = marksOf(world)
    const healedMs = await settle(world, due)
    if (dice.chance(STAYING_SHARE)) await stay(world)
    nobodyWasCut(world)
    if (!areEqual(world)) throw new Error('songs that were equal came apart again')
    const missing = missingIn(world, due)
    if (missing !== undefined) throw new Error(`${missing} again`)
    nothingIsAside(world)
    return { marks: due.size, healedMs, partial, compactions: world.compactions() }
  } finally {
    world.close()
  }
}

/** Everybody wakes; of those who are not there some come back, and two at least are there. */
async function gather(world: World): Promise<void> {
  for (const id of world.ids) {
    world.setAsleep(id, false)
    const isNeeded = world.people.size < 2
    if (!world.people.has(id) && (isNeeded || world.dice.chance(0.5))) {
      await world.arrive(id, world.saved(id))
    }
  }
}

/** Links everybody to everybody, or just so that there is a way from each to each. */
function heal(world: World, partial: boolean): void {
  const ids = world.dice.shuffle([...world.people.keys()])
  for (const [index, id] of ids.entries()) {
    const sure = world.dice.pick(ids.slice(0, index))
    for (const other of ids.slice(0, index)) {
      const linked = !partial || other === sure || world.dice.chance(0.3)
      world.setApart(id, other, !linked)
    }
  }
}

/** Every mark that some living page ever had. */
function marksOf(world: World): ReadonlySet<Mark> {
  for (const person of world.people.values()) remember(person)
  return new Set([...world.people.values()].flatMap(({ marks }) => [...marks]))
}

async function stay(world: World): Promise<void> {
  for (let passedMs = 0; passedMs < STAYING_MS; passedMs += LOOK_EVERY_MS) {
    world.pass(LOOK_EVERY_MS)
    world.deliver()
    await world.breathe()
  }
}

/** @returns how long it took until all songs were equal and nothing was missing, ms */
async function settle(world: World, due: ReadonlySet<Mark>): Promise<number> {
  for (let passedMs = 0; passedMs < PATIENCE_MS; passedMs += LOOK_EVERY_MS) {
    world.deliver()
    await world.breathe()
    if (areEqual(world) && missingIn(world, due) === undefined) return passedMs
    world.pass(LOOK_EVERY_MS)
  }
  nobodyWasCut(world)
  const what = missingIn(world, due) ?? 'songs stay apart'
  throw new Error(`${what} ${PATIENCE_MS / 1000} s after the links are back`)
}

/** What is played and said, and all that stands in the document; a root that was merely looked at is empty. */
const contentOf = ({ doc, jam }: Jammer): unknown => [
  jam.song.read(),
  jam.chat.lines.read(),
  [...doc.share]
    .map(([name, root]) => [name, root.toJSON() as object] as const)
    .filter(([, content]) => Object.keys(content).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
]

function areEqual({ people }: World): boolean {
  const [first, ...rest] = [...people.values()].map(({ jammer }) => contentOf(jammer))
  return rest.every((other) => isDeepStrictEqual(first, other))
}

/** What some page lacks, in words; undefined when nothing is missing. */
function missingIn(world: World, due: ReadonlySet<Mark>): string | undefined {
  for (const [id, { jammer }] of world.people) {
    const there = marksIn(jammer)
    const missing = [...due].filter((mark) => !there.has(mark))
    if (missing.length > 0) return `${initial(id)} lacks ${missing.join(', ')}`
  }
  return undefined
}

/** Copies that only hear of edits late are no reason to put one of them aside. */
function nothingIsAside({ people }: World): void {
  for (const [id, { jammer }] of people) {
    if (jammer.jam.aside.read() !== undefined) throw new Error(`${initial(id)} put its copy aside`)
  }
}

function nobodyWasCut({ stage }: World): void {
  const cuts = stage.meshes.cuts()
  if (cuts.length === 0) return
  const words = cuts.map(({ by, peer, code }) => `${initial(by)} cut off ${initial(peer)}: ${code}`)
  throw new Error(`honest peers were cut off: ${words.join(', ')}`)
}

const initial = (id: PeerId): string => id.slice(0, 1)
