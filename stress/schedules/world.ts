import type { Transaction } from 'yjs'
import type { PeerId } from '../../shared/src/index.ts'
import { createJamStage, type JamStage } from '../../client/src/jam/jam-stage.ts'
import type { Dice } from '../random.ts'
import { keep, type Kept, type Person } from './person.ts'

/** A room whose people come, crash and sleep, over links that fail; time and deliveries are the dice's. */
export interface World {
  readonly dice: Dice
  readonly stage: JamStage
  /** Who may be in the room; the place in the list tells writers apart. */
  readonly ids: readonly PeerId[]
  /** Whether so much is written that the song has to be made small meanwhile. */
  readonly isBusy: boolean
  /** Pages that live, the sleeping ones among them. */
  readonly people: ReadonlyMap<PeerId, Person>
  isAsleep(id: PeerId): boolean
  setAsleep(id: PeerId, asleep: boolean): void
  /** Loads the page of someone who is not there. @param kept what their browser had */
  arrive(id: PeerId, kept?: Kept): Promise<void>
  /** The page ends in the middle of whatever it did. */
  crash(id: PeerId): void
  /** The song is written to the disk of that browser. */
  save(id: PeerId): void
  /** What the browser of someone kept last. */
  saved(id: PeerId): Kept | undefined
  /** Cuts a link, or lets it be made again. */
  setApart(a: PeerId, b: PeerId, apart: boolean): void
  isApart(a: PeerId, b: PeerId): boolean
  /** Everybody's time passes in steps, in an order that the dice choose; nothing is delivered. */
  pass(ms: number): void
  /** Delivers packets picked by the dice: so many, or until nothing is on its way to anyone awake. */
  deliver(count?: number): void
  /** How often somebody made the song small. */
  compactions(): number
  /** Lets the pages finish what they compute beside, as their marks of the song. */
  breathe(): Promise<void>
  close(): void
}

const LONGEST_STEP_MS = 100
const BUSY_SHARE = 0.15
/** A mark takes one hash, which comes back in a later turn. */
const BREATHS = 2
/** A room that does not fall quiet after so many deliveries never will. */
const MAX_DELIVERIES = 50_000

/** @param size  how many people there may be, 2 to 8 */
export function createWorld(size: number, dice: Dice): World {
  const stage = createJamStage()
  const ids = Array.from('abcdefgh')
    .slice(0, size)
    .map((letter) => letter.repeat(26) as PeerId)
  const people = new Map<PeerId, Person>()
  const disks = new Map<PeerId, Kept>()
  const sleepers = new Set<PeerId>()
  const apart = new Set<string>()
  const isBusy = dice.chance(BUSY_SHARE)
  let elapsedMs = 0
  let compactions = 0

  function step(ms: number): void {
    elapsedMs += ms
    for (const [id, { jammer }] of dice.shuffle([...people])) {
      if (sleepers.has(id)) jammer.timers.sleep(ms)
      else jammer.timers.advance(ms)
    }
  }

  function deliverOne(): boolean {
    const packets = stage.meshes.packets()
    const first = dice.below(packets.length)
    for (let offset = 0; offset < packets.length; offset++) {
      const index = (first + offset) % packets.length
      const to = packets[index]?.to
      if (to !== undefined && !sleepers.has(to)) return stage.meshes.deliver(index)
    }
    return false
  }

  return {
    dice,
    stage,
    ids,
    isBusy,
    people,
    isAsleep: (id) => sleepers.has(id),
    setAsleep(id, asleep) {
      if (asleep) sleepers.add(id)
      else sleepers.delete(id)
    },
    async arrive(id, kept) {
      const aheadMs = elapsedMs + dice.below(50)
      const jammer = await stage.join(id, aheadMs, dice.next, kept?.update)
      jammer.doc.on('afterTransaction', ({ origin }: Transaction) => {
        if (typeof origin === 'symbol' && origin.description === 'compaction') compactions += 1
      })
      const person: Person = { jammer, marks: new Set(kept?.marks) }
      people.set(id, person)
    },
    crash(id) {
      const page = people.get(id)?.jammer
      // First the links, so that nobody hears a good-bye.
      page?.mesh.close()
      page?.jam.leave()
      people.delete(id)
      sleepers.delete(id)
    },
    save(id) {
      const person = people.get(id)
      if (person !== undefined) disks.set(id, keep(person))
    },
    saved: (id) => disks.get(id),
    setApart(a, b, isApart) {
      if (isApart) apart.add(pairKey(a, b))
      else apart.delete(pairKey(a, b))
      if (isApart) stage.meshes.partition(a, b)
      else stage.meshes.heal(a, b)
    },
    isApart: (a, b) => apart.has(pairKey(a, b)),
    pass(ms) {
      for (let left = ms; left > 0; left -= LONGEST_STEP_MS) step(Math.min(left, LONGEST_STEP_MS))
    },
    deliver(count = MAX_DELIVERIES) {
      for (let done = 0; done < count; done++) if (!deliverOne()) return
      if (count === MAX_DELIVERIES) throw new Error('the room never falls quiet')
    },
    compactions: () => compactions,
    async breathe() {
      for (let turn = 0; turn < BREATHS; turn++) {
        await crypto.subtle.digest('SHA-256', Uint8Array.of(turn))
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
    close: stage.close,
  }
}

const pairKey = (a: PeerId, b: PeerId): string => [a, b].sort().join(' ')
